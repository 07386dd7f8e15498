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
   * Computes an output line.
   *
   * @param lines the input lines, samples 0..255; {@link BicubicKernel#TAPS_AT_ONCE} − 1 more than
   *     there are, whose samples have no influence
   * @param begin which input of the kernel the first of them is
   * @param out the output of the kernel
   * @param length samples of a line
   * @param to receives the samples, 0..255
   */
  static void sum(
      int[][] lines, int begin, BicubicKernel kernel, int out, int length, int[] to) {
    Arrays.fill(to, 0, length, HALF);
    int[] weights = kernel.weights();
    int weight = kernel.offset(out);
    int line = kernel.first(out) - begin;
    int end = line + kernel.count(out);
    for (; line < end; line += BicubicKernel.TAPS_AT_ONCE, weight += BicubicKernel.TAPS_AT_ONCE) {
      add(
          lines[line],
          lines[line + 1],
          lines[line + 2],
          lines[line + 3],
          weights[weight],
          weights[weight + 1],
          weights[weight + 2],
          weights[weight + 3],
          length,
          to);
    }
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
