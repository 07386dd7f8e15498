package io.mae4j.data.image.webp;

/** The inverse transforms of VP8 in its own integer arithmetic (RFC 6386, section 14). */
final class InverseTransform {

  private InverseTransform() {}

  /**
   * Makes the first coefficient of each of 16 luma blocks of their transformed means.
   *
   * @param means 16 coefficients
   * @param blocks receives every sixteenth value
   */
  static void means(short[] means, short[] blocks) {
    int[] half = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = means[i] + means[12 + i];
      int b = means[4 + i] + means[8 + i];
      int c = means[4 + i] - means[8 + i];
      int d = means[i] - means[12 + i];
      half[i] = a + b;
      half[4 + i] = d + c;
      half[8 + i] = a - b;
      half[12 + i] = d - c;
    }
    for (int i = 0; i < 4; i++) {
      int rounded = half[4 * i] + 3;
      int a = rounded + half[4 * i + 3];
      int b = half[4 * i + 1] + half[4 * i + 2];
      int c = half[4 * i + 1] - half[4 * i + 2];
      int d = rounded - half[4 * i + 3];
      int at = 4 * i * Residuals.BLOCK;
      blocks[at] = (short) ((a + b) >> 3);
      blocks[at + Residuals.BLOCK] = (short) ((d + c) >> 3);
      blocks[at + 2 * Residuals.BLOCK] = (short) ((a - b) >> 3);
      blocks[at + 3 * Residuals.BLOCK] = (short) ((d - c) >> 3);
    }
  }

  /**
   * Adds a block to its prediction.
   *
   * @param coefficients where they are
   * @param from the block's first coefficient
   * @param plane receives the block
   * @param at its first sample there
   */
  static void add(short[] coefficients, int from, Plane plane, int at) {
    boolean empty = true;
    for (int i = from; i < from + Residuals.BLOCK && empty; i++) {
      empty = coefficients[i] == 0;
    }
    if (empty) {
      return;
    }
    int[] columns = new int[16];
    for (int x = 0; x < 4; x++) {
      int first = coefficients[from + x];
      int second = coefficients[from + 4 + x];
      int third = coefficients[from + 8 + x];
      int fourth = coefficients[from + 12 + x];
      int a = first + third;
      int b = first - third;
      int c = sine(second) - cosine(fourth);
      int d = cosine(second) + sine(fourth);
      columns[x] = a + d;
      columns[4 + x] = b + c;
      columns[8 + x] = b - c;
      columns[12 + x] = a - d;
    }
    byte[] samples = plane.samples();
    for (int y = 0; y < 4; y++) {
      int row = at + y * plane.stride();
      int rounded = columns[4 * y] + 4;
      int a = rounded + columns[4 * y + 2];
      int b = rounded - columns[4 * y + 2];
      int c = sine(columns[4 * y + 1]) - cosine(columns[4 * y + 3]);
      int d = cosine(columns[4 * y + 1]) + sine(columns[4 * y + 3]);
      samples[row] = Plane.clip((samples[row] & 0xff) + ((a + d) >> 3));
      samples[row + 1] = Plane.clip((samples[row + 1] & 0xff) + ((b + c) >> 3));
      samples[row + 2] = Plane.clip((samples[row + 2] & 0xff) + ((b - c) >> 3));
      samples[row + 3] = Plane.clip((samples[row + 3] & 0xff) + ((a - d) >> 3));
    }
  }

  /** √2·cos(π/8) times a value, in parts of 65536. */
  private static int cosine(int value) {
    return value + ((value * 20091) >> 16);
  }

  /** √2·sin(π/8) times a value, in parts of 65536. */
  private static int sine(int value) {
    return (value * 35468) >> 16;
  }
}
