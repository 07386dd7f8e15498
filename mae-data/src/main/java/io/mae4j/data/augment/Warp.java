package io.mae4j.data.augment;

import io.mae4j.api.data.PixelImage;

/**
 * Affine changes of an image's geometry, equal to Pillow's {@code Image.transform(…, AFFINE, …,
 * BICUBIC)} and {@code Image.rotate} to the last bit: where each pixel of the result comes from is
 * looked up between pixels by cubic interpolation with slope −1, borders repeated; what comes from
 * outside of the image is filled.
 *
 * @param xx how much the source's column moves with the column
 * @param xy how much it moves with the row
 * @param x the source's column of the origin
 * @param yx how much the source's row moves with the column
 * @param yy how much it moves with the row
 * @param y the source's row of the origin
 */
record Warp(double xx, double xy, double x, double yx, double yy, double y) {
  private static final int TAPS = 4;
  private static final double DECIMALS = 1e15;

  /** Rows slide along themselves, more the lower they are. */
  static Warp shearX(double factor) {
    return new Warp(1, factor, 0, 0, 1, 0);
  }

  /** Columns slide along themselves. */
  static Warp shearY(double factor) {
    return new Warp(1, 0, 0, factor, 1, 0);
  }

  /** By so many pixels to the left and up. */
  static Warp translation(double columns, double rows) {
    return new Warp(1, 0, columns, 0, 1, rows);
  }

  /** Counter-clockwise about the middle of an image of this size. */
  static Warp rotation(double degrees, int height, int width) {
    double angle = -((degrees % 360 + 360) % 360) * (Math.PI / 180);
    double cos = rounded(StrictMath.cos(angle));
    double sin = rounded(StrictMath.sin(angle));
    double columns = width / 2.0;
    double rows = height / 2.0;
    return new Warp(
        cos,
        sin,
        cos * -columns + sin * -rows + columns,
        -sin,
        cos,
        -sin * -columns + cos * -rows + rows);
  }

  private static double rounded(double value) {
    return Math.rint(value * DECIMALS) / DECIMALS;
  }

  /**
   * Applies it.
   *
   * @param fill what stands where nothing is, 0..255 for each channel
   */
  PixelImage apply(PixelImage image, int[] fill) {
    int channels = image.channels();
    byte[] samples = new byte[image.samples().length];
    int[] columns = new int[TAPS];
    int[] rows = new int[TAPS];
    int at = 0;
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        double fromX = xx * (column + 0.5) + xy * (row + 0.5) + x;
        double fromY = yx * (column + 0.5) + yy * (row + 0.5) + y;
        boolean inside =
            fromX >= 0 && fromX < image.width() && fromY >= 0 && fromY < image.height();
        double restX = inside ? neighbours(fromX, image.width(), columns) : 0;
        double restY = inside ? neighbours(fromY, image.height(), rows) : 0;
        for (int c = 0; c < channels; c++) {
          samples[at++] = (byte) (inside ? cubic(image, columns, rows, c, restX, restY) : fill[c]);
        }
      }
    }
    return new PixelImage(image.height(), image.width(), channels, samples);
  }

  /** The four pixels around a place along one axis; tells how far behind the second it is. */
  private static double neighbours(double place, int extent, int[] taps) {
    double centred = place - 0.5;
    int second = (int) Math.floor(centred);
    for (int i = 0; i < TAPS; i++) {
      taps[i] = Math.max(0, Math.min(extent - 1, second - 1 + i));
    }
    return centred - second;
  }

  private static int cubic(
      PixelImage image, int[] columns, int[] rows, int c, double restX, double restY) {
    double[] lines = new double[TAPS];
    for (int i = 0; i < TAPS; i++) {
      lines[i] =
          cubic(
              image.sample(rows[i], columns[0], c),
              image.sample(rows[i], columns[1], c),
              image.sample(rows[i], columns[2], c),
              image.sample(rows[i], columns[3], c),
              restX);
    }
    double value = cubic(lines[0], lines[1], lines[2], lines[3], restY);
    return value <= 0 ? 0 : value >= 255 ? 255 : (int) value;
  }

  private static double cubic(double a, double b, double c, double d, double rest) {
    double p2 = -a + c;
    double p3 = 2 * (a - b) + c - d;
    double p4 = -a + b - c + d;
    return b + rest * (p2 + rest * (p3 + rest * p4));
  }
}
