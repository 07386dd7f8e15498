package io.mae4j.cli.config;

/**
 * The extents of images.
 *
 * @param height H in pixels
 * @param width W in pixels
 */
public record ImageSize(int height, int width) {

  /** How it is written: {@code 224} for squares, {@code 96x128} (height x width) otherwise. */
  public static final ValueType<ImageSize> TYPE =
      new ValueType<>("N|HxW", ImageSize::parse, ImageSize::toString, java.util.List.of());

  private static ImageSize parse(String text) {
    String[] parts = text.strip().split("x", -1);
    try {
      int height = Integer.parseInt(parts[0]);
      int width = parts.length == 1 ? height : Integer.parseInt(parts[1]);
      if (parts.length <= 2) {
        return new ImageSize(height, width);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither a number of pixels nor HEIGHTxWIDTH", e);
    }
    throw new IllegalArgumentException(
        "'" + text + "' is neither a number of pixels nor HEIGHTxWIDTH");
  }

  @Override
  public String toString() {
    return height == width ? String.valueOf(height) : height + "x" + width;
  }
}
