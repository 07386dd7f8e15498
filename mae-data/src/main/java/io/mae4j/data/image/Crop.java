package io.mae4j.data.image;

/**
 * A rectangle of whole pixels.
 *
 * @param top first row
 * @param left first column
 * @param height rows
 * @param width columns
 */
public record Crop(int top, int left, int height, int width) {

  /** Checks that there is something in it. */
  public Crop {
    if (top < 0 || left < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "crop of " + height + "×" + width + " at row " + top + ", column " + left);
    }
  }

  /** A whole image. */
  public static Crop whole(int height, int width) {
    return new Crop(0, 0, height, width);
  }

  /** The middle of an image, rounded half to even as torchvision's {@code CenterCrop} does it. */
  public static Crop centre(int imageHeight, int imageWidth, int height, int width) {
    return new Crop(
        (int) Math.rint((imageHeight - height) / 2.0),
        (int) Math.rint((imageWidth - width) / 2.0),
        height,
        width);
  }
}
