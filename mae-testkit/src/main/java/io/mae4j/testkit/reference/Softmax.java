package io.mae4j.testkit.reference;

/** Softmax of rows and the cross entropy against it. */
final class Softmax {
  private Softmax() {}

  /** log Σ exp(x) over a row, without overflow. */
  static double logSumExp(double[] x, int at, int length) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      max = Math.max(max, x[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += Math.exp(x[at + i] - max);
    }
    return max + Math.log(sum);
  }

  /** The loss of each row. */
  static double[] crossEntropy(double[] logits, double[] targets, int classes) {
    double[] loss = new double[logits.length / classes];
    for (int row = 0; row < loss.length; row++) {
      int at = row * classes;
      double lse = logSumExp(logits, at, classes);
      for (int i = 0; i < classes; i++) {
        loss[row] -= targets[at + i] * (logits[at + i] - lse);
      }
    }
    return loss;
  }

  /** The gradient of the logits. */
  static double[] crossEntropyGrad(double[] dloss, double[] logits, double[] targets, int classes) {
    double[] dlogits = new double[logits.length];
    for (int row = 0; row < dloss.length; row++) {
      int at = row * classes;
      double lse = logSumExp(logits, at, classes);
      double mass = 0;
      for (int i = 0; i < classes; i++) {
        mass += targets[at + i];
      }
      for (int i = 0; i < classes; i++) {
        dlogits[at + i] = dloss[row] * (Math.exp(logits[at + i] - lse) * mass - targets[at + i]);
      }
    }
    return dlogits;
  }
}
