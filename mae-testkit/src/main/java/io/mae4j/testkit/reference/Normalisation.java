package io.mae4j.testkit.reference;

import java.util.List;

/** Layer normalisation of rows and its gradient. */
final class Normalisation {
  private Normalisation() {}

  /** y, mean and rstd, with the mean first and the variance from the differences to it. */
  static List<double[]> forward(double[] x, double[] w, double[] b, double eps) {
    int width = w.length;
    int rows = x.length / width;
    double[] y = new double[x.length];
    double[] mean = new double[rows];
    double[] rstd = new double[rows];
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += x[at + i];
      }
      mean[row] = sum / width;
      double squares = 0;
      for (int i = 0; i < width; i++) {
        squares += (x[at + i] - mean[row]) * (x[at + i] - mean[row]);
      }
      rstd[row] = 1 / Math.sqrt(squares / width + eps);
      for (int i = 0; i < width; i++) {
        y[at + i] = (x[at + i] - mean[row]) * rstd[row] * w[i] + b[i];
      }
    }
    return List.of(y, mean, rstd);
  }

  /** dx, dw and db. */
  static List<double[]> backward(
      double[] dy, double[] x, double[] mean, double[] rstd, double[] w) {
    int width = w.length;
    double[] dx = new double[x.length];
    double[] dw = new double[width];
    double[] db = new double[width];
    for (int row = 0; row < mean.length; row++) {
      int at = row * width;
      double sumG = 0;
      double sumGx = 0;
      for (int i = 0; i < width; i++) {
        double normal = (x[at + i] - mean[row]) * rstd[row];
        double g = dy[at + i] * w[i];
        sumG += g;
        sumGx += g * normal;
        dw[i] += dy[at + i] * normal;
        db[i] += dy[at + i];
      }
      for (int i = 0; i < width; i++) {
        double normal = (x[at + i] - mean[row]) * rstd[row];
        dx[at + i] = rstd[row] * (dy[at + i] * w[i] - sumG / width - normal * sumGx / width);
      }
    }
    return List.of(dx, dw, db);
  }
}
