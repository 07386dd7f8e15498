package io.mae4j.core.model;

/**
 * The fixed 2-D position embedding of the published model, in double precision. With q = D/4 and
 * ω_i = 10000^(−i/q), the row of the patch at (row y, column x) is [sin(x·ω), cos(x·ω), sin(y·ω),
 * cos(y·ω)], each of q values; the class token's row is zero.
 */
final class SinCosPositions {
  private SinCosPositions() {}

  /**
   * The table.
   *
   * @param rows patches from top to bottom
   * @param columns patches from left to right
   * @param width D, divisible by 4
   * @return (1 + rows·columns)·D values, the class token's row first
   */
  static double[] table(int rows, int columns, int width) {
    int quarter = width / 4;
    double[] table = new double[(1 + rows * columns) * width];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int offset = (1 + row * columns + column) * width;
        for (int i = 0; i < quarter; i++) {
          double omega = 1 / StrictMath.pow(10000, (double) i / quarter);
          table[offset + i] = StrictMath.sin(column * omega);
          table[offset + quarter + i] = StrictMath.cos(column * omega);
          table[offset + 2 * quarter + i] = StrictMath.sin(row * omega);
          table[offset + 3 * quarter + i] = StrictMath.cos(row * omega);
        }
      }
    }
    return table;
  }
}
