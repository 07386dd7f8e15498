package io.mae4j.eval.probe;

import io.mae4j.api.eval.Features;

/**
 * Shifts and scales each feature to mean 0 and variance 1 over the training images, as batch
 * normalisation without affine parameters does at the end of training: {@code (x − mean) /
 * √(variance + 1e-6)} with the biased variance.
 *
 * @param mean the mean of each feature [D]
 * @param scale what its distance to the mean is multiplied by [D]
 */
record Standardizer(double[] mean, double[] scale) {
  private static final double EPS = 1e-6;

  /** Takes mean and variance of some features, which are not empty. */
  static Standardizer of(Features features) {
    int width = features.width();
    float[] values = features.values();
    double[] mean = new double[width];
    for (int i = 0; i < values.length; i++) {
      mean[i % width] += values[i];
    }
    for (int d = 0; d < width; d++) {
      mean[d] /= features.size();
    }
    double[] scale = new double[width];
    for (int i = 0; i < values.length; i++) {
      double distance = values[i] - mean[i % width];
      scale[i % width] += distance * distance;
    }
    for (int d = 0; d < width; d++) {
      scale[d] = 1 / Math.sqrt(scale[d] / features.size() + EPS);
    }
    return new Standardizer(mean, scale);
  }

  /** The features on the new scale [n, D]. */
  float[] apply(Features features) {
    int width = features.width();
    float[] values = features.values();
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) ((values[i] - mean[i % width]) * scale[i % width]);
    }
    return result;
  }
}
