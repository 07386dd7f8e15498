package io.mae4j.data.dataset;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.LeftOut;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import java.util.Arrays;
import java.util.List;

/** Grey images of one size, held in memory. */
final class IdxDataset implements Dataset {
  private static final int MAX_SIDE = 65_535;

  private final String name;
  private final int height;
  private final int width;
  private final byte[] images;
  private final byte[] labels;
  private final List<String> classes;
  private final int size;
  private final LeftOut leftOut;

  /**
   * Of two files.
   *
   * @param name what it is
   * @param images a file of three axes: image, row, column
   * @param labels a file of one axis, empty when unlabelled
   * @param classes the class names, empty when unlabelled
   * @param leftOut what lies beside these files
   */
  IdxDataset(String name, IdxFile images, byte[] labels, List<String> classes, LeftOut leftOut) {
    this.name = name;
    this.leftOut = leftOut;
    this.size = images.extents()[0];
    this.height = images.extents()[1];
    this.width = images.extents()[2];
    this.images = images.values();
    this.labels = labels;
    this.classes = List.copyOf(classes);
    if (height > MAX_SIDE || width > MAX_SIDE) {
      throw MaeException.data(name + ": images of " + height + "×" + width + " are too large");
    }
    if (!classes.isEmpty() && labels.length != size) {
      throw MaeException.data(name + ": " + size + " images but " + labels.length + " labels");
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xff) >= classes.size()) {
        throw MaeException.data(
            name
                + ": image "
                + i
                + " has label "
                + (labels[i] & 0xff)
                + ", but there are only "
                + classes.size()
                + " classes");
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String id(int index) {
    return Integer.toString(check(index));
  }

  @Override
  public int label(int index) {
    check(index);
    return labels.length == 0 ? UNLABELLED : labels[index] & 0xff;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public LeftOut leftOut() {
    return leftOut;
  }

  @Override
  public PixelImage read(int index) {
    int values = height * width;
    int from = check(index) * values;
    return new PixelImage(height, width, 1, Arrays.copyOfRange(images, from, from + values));
  }

  private int check(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("image " + index + " of " + size + " in " + name);
    }
    return index;
  }
}
