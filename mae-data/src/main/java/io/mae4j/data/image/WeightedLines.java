package io.mae4j.data.image;

import java.util.Arrays;

/**
 * One pass of a resize over whole lines: every output line is a weighted sum of neighbouring input
 * lines, rounded and clipped to 8 bits. The samples of a line share their weights, and each line is
 * an array of its own, which is the form of loop that compilers turn into vector instructions.
 */
final class WeightedLines {
  private static final int HALF = 1 << (BicubicKernel.FRACTION_BITS - 1);

  private static final int LARGEST = 255;

  private WeightedLines() {}

  /**
   * Computes an output line, not yet clipped.
   *
   * @param lines the input lines, samples 0..255; so many more than have a weight that {@link
   *     BicubicKernel#TAPS_AT_ONCE} can be read at once, whose samples have no influence
   * @param first where the first line lies that has a weight
   * @param step how far lines that follow each other lie apart
   * @param kernel the weights
   * @param out the output of the kernel
   * @param length samples of a line
   * @param to receives the sums, which {@link #clip} makes samples of
   */
  static void sum(
      int[][] lines, int first, int step, BicubicKernel kernel, int out, int length, int[] to) {
    Arrays.fill(to, 0, length, HALF);
    int[] weights = kernel.weights();
    int weight = kernel.offset(out);
    int end = weight + kernel.count(out);
    for (int line = first; weight < end; line += BicubicKernel.TAPS_AT_ONCE * step) {
      add(
          lines[line],
          lines[line + step],
          lines[line + 2 * step],
          lines[line + 3 * step],
          weights[weight],
          weights[weight + 1],
          weights[weight + 2],
          weights[weight + 3],
          length,
          to);
      weight += BicubicKernel.TAPS_AT_ONCE;
    }
  }

  /** A sum rounded to a sample 0..255. */
  static int clip(int sum) {
    int value = sum >> BicubicKernel.FRACTION_BITS;
    return (value & ~LARGEST) == 0 ? value : value < 0 ? 0 : LARGEST;
  }

  private static void add(
      int[] a,
      int[] b,
      int[] c,
      int[] d,
      int weightA,
      int weightB,
      int weightC,
      int weightD,
      int length,
      int[] sum) {
    for (int i = 0; i < length; i++) {
      sum[i] += a[i] * weightA + b[i] * weightB + c[i] * weightC + d[i] * weightD;
    }
  }
}
