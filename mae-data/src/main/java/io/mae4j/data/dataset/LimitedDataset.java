package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.LeftOut;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import java.util.List;

/**
 * A part of a data set: images taken at even distances, so that a folder that is sorted by class
 * still gives all its classes. Image i is number ⌊i·size/limit⌋ of the whole.
 */
public final class LimitedDataset implements Dataset {
  private final Dataset whole;
  private final int size;

  private LimitedDataset(Dataset whole, int size) {
    this.whole = whole;
    this.size = size;
  }

  /**
   * At most so many images of a data set; the data set itself if it has no more.
   *
   * @param whole the data set
   * @param limit how many images, at least 1
   */
  public static Dataset of(Dataset whole, int limit) {
    if (limit < 1) {
      throw MaeException.user("the number of images must be at least 1, got " + limit);
    }
    return limit >= whole.size() ? whole : new LimitedDataset(whole, limit);
  }

  @Override
  public String name() {
    return whole.name() + " (" + size + " of " + whole.size() + " images)";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String id(int index) {
    return whole.id(place(index));
  }

  @Override
  public int label(int index) {
    return whole.label(place(index));
  }

  @Override
  public List<String> classes() {
    return whole.classes();
  }

  @Override
  public LeftOut leftOut() {
    return whole.leftOut().and(whole.size() - size, "images beyond the limit of " + size);
  }

  @Override
  public PixelImage read(int index) {
    return whole.read(place(index));
  }

  private int place(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("image " + index + " of " + size + " in " + name());
    }
    return (int) ((long) index * whole.size() / size);
  }
}
