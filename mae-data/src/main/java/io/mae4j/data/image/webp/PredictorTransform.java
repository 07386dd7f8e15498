package io.mae4j.data.image.webp;

/**
 * Pixels were stored less what their neighbours let expect.
 *
 * @param width of the picture in pixels
 * @param bits blocks of 2^bits pixels a side are predicted alike
 * @param modes how each block is predicted, in the second byte
 */
record PredictorTransform(int width, int bits, int[] modes) implements LosslessTransform {

  @Override
  public int[] undo(int[] pixels) {
    int blocksWide = PixelReader.parts(width, bits);
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int expected;
      if (i == 0) {
        expected = Argb.OPAQUE;
      } else if (i < width) {
        expected = pixels[i - 1];
      } else if (x == 0) {
        expected = pixels[i - width];
      } else {
        int mode = (modes[((i / width) >> bits) * blocksWide + (x >> bits)] >>> 8) & 0xf;
        expected = expected(mode, pixels, i);
      }
      pixels[i] = Argb.add(pixels[i], expected);
    }
    return pixels;
  }

  /**
   * What follows from the neighbours; above and to the right of the last column is the next row.
   */
  private int expected(int mode, int[] pixels, int at) {
    int left = pixels[at - 1];
    int above = pixels[at - width];
    int corner = pixels[at - width - 1];
    int right = pixels[at - width + 1];
    return switch (mode) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> right;
      case 4 -> corner;
      case 5 -> Argb.mean(Argb.mean(left, right), above);
      case 6 -> Argb.mean(left, corner);
      case 7 -> Argb.mean(left, above);
      case 8 -> Argb.mean(corner, above);
      case 9 -> Argb.mean(above, right);
      case 10 -> Argb.mean(Argb.mean(left, corner), Argb.mean(above, right));
      case 11 -> Argb.nearer(left, above, corner);
      case 12 -> Argb.gradient(left, above, corner);
      case 13 -> Argb.halfGradient(Argb.mean(left, above), corner);
      default -> Argb.OPAQUE;
    };
  }
}
