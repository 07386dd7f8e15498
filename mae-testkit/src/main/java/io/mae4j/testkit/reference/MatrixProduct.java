package io.mae4j.testkit.reference;

import java.util.Arrays;

/** Matrix products of row-major matrices. */
final class MatrixProduct {
  private MatrixProduct() {}

  /**
   * {@code c = a · b} for each of a batch of matrices: a [m, k], or [k, m] when transposed, b [k,
   * n], or [n, k] when transposed, c [m, n].
   */
  static double[] of(
      double[] a,
      boolean transposeA,
      double[] b,
      boolean transposeB,
      int batch,
      int m,
      int k,
      int n) {
    double[] c = new double[batch * m * n];
    for (int i = 0; i < batch; i++) {
      double[] left = Arrays.copyOfRange(a, i * m * k, (i + 1) * m * k);
      double[] right = Arrays.copyOfRange(b, i * k * n, (i + 1) * k * n);
      multiply(
          transposeA ? transpose(left, k, m) : left,
          transposeB ? transpose(right, n, k) : right,
          c,
          i * m * n,
          m,
          k,
          n);
    }
    return c;
  }

  private static double[] transpose(double[] x, int rows, int columns) {
    double[] y = new double[x.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        y[column * rows + row] = x[row * columns + column];
      }
    }
    return y;
  }

  private static void multiply(double[] a, double[] b, double[] c, int at, int m, int k, int n) {
    for (int row = 0; row < m; row++) {
      for (int i = 0; i < k; i++) {
        addMultiple(a[row * k + i], b, i * n, c, at + row * n, n);
      }
    }
  }

  /**
   * {@code c += factor · b} over one row; its own method, so that it is compiled to vector code.
   */
  private static void addMultiple(double factor, double[] b, int from, double[] c, int to, int n) {
    for (int i = 0; i < n; i++) {
      c[to + i] += factor * b[from + i];
    }
  }
}
