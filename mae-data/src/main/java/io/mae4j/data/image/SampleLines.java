package io.mae4j.data.image;

/**
 * Between the samples of pictures, which lie row by row, and lines that are arrays of their own.
 * Rows and columns change places in steps of {@link #AT_ONCE} lines, each taken out of its table
 * once for many samples.
 */
final class SampleLines {
  /** Lines that are written or read at once. */
  static final int AT_ONCE = 4;

  private static final int MASK = 0xff;

  private SampleLines() {}

  /** A row of samples as a line. */
  static void row(byte[] samples, int start, int[] line, int count) {
    for (int i = 0; i < count; i++) {
      line[i] = samples[start + i] & MASK;
    }
  }

  /**
   * Columns of samples as lines.
   *
   * @param samples of the picture
   * @param start where the first sample of the first column is
   * @param stride how far the samples of a column lie apart
   * @param lines receives the columns, [count, height]
   */
  static void columns(byte[] samples, int start, int stride, int[][] lines, int count, int height) {
    int i = 0;
    for (; i + AT_ONCE <= count; i += AT_ONCE) {
      columns(
          samples, start + i, stride, lines[i], lines[i + 1], lines[i + 2], lines[i + 3], height);
    }
    for (; i < count; i++) {
      for (int row = 0; row < height; row++) {
        lines[i][row] = samples[start + i + row * stride] & MASK;
      }
    }
  }

  private static void columns(
      byte[] samples, int start, int stride, int[] a, int[] b, int[] c, int[] d, int height) {
    int at = start;
    for (int row = 0; row < height; row++) {
      a[row] = samples[at] & MASK;
      b[row] = samples[at + 1] & MASK;
      c[row] = samples[at + 2] & MASK;
      d[row] = samples[at + 3] & MASK;
      at += stride;
    }
  }

  /**
   * Lines of sums as the columns of rows of samples.
   *
   * @param sums [count, height]
   * @param rows receives samples 0..255, [first + height, count]
   * @param first the first row
   */
  static void clippedRows(int[][] sums, int count, int height, int[][] rows, int first) {
    int i = 0;
    for (; i + AT_ONCE <= count; i += AT_ONCE) {
      clippedRows(sums[i], sums[i + 1], sums[i + 2], sums[i + 3], rows, first, i, height);
    }
    for (; i < count; i++) {
      for (int row = 0; row < height; row++) {
        rows[first + row][i] = WeightedLines.clip(sums[i][row]);
      }
    }
  }

  private static void clippedRows(
      int[] a, int[] b, int[] c, int[] d, int[][] rows, int first, int column, int height) {
    for (int row = 0; row < height; row++) {
      int[] to = rows[first + row];
      to[column] = WeightedLines.clip(a[row]);
      to[column + 1] = WeightedLines.clip(b[row]);
      to[column + 2] = WeightedLines.clip(c[row]);
      to[column + 3] = WeightedLines.clip(d[row]);
    }
  }
}
