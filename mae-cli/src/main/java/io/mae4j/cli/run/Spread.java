package io.mae4j.cli.run;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import java.util.List;

/**
 * Some images of a data set, at equal distances.
 *
 * @param all the data set
 * @param size how many at most
 */
record Spread(Dataset all, int count) implements Dataset {

  @Override
  public String name() {
    return all.name();
  }

  @Override
  public int size() {
    return Math.min(count, all.size());
  }

  private int place(int index) {
    return (int) ((long) index * all.size() / size());
  }

  @Override
  public String id(int index) {
    return all.id(place(index));
  }

  @Override
  public int label(int index) {
    return all.label(place(index));
  }

  @Override
  public List<String> classes() {
    return all.classes();
  }

  @Override
  public PixelImage read(int index) {
    return all.read(place(index));
  }
}
