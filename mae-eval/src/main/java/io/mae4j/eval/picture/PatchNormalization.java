package io.mae4j.eval.picture;

/**
 * Normalised targets ({@code norm_pix_loss} of the official code): a patch x of n values is learnt
 * as {@code (x − mean) / deviation} with {@code deviation = √(variance + 1e-6)} and the unbiased
 * variance, over all its pixels and channels at once. Turning a prediction back needs mean and
 * deviation of the true patch, which the model was never told: a picture made so shows more than
 * the model knows, and has to say so.
 *
 * @param mean the true patch's mean
 * @param deviation the true patch's deviation, above 0
 */
record PatchNormalization(double mean, double deviation) {
  private static final double EPS = 1e-6;

  /** Takes mean and deviation of a true patch of at least two values. */
  static PatchNormalization of(float[] patch) {
    double sum = 0;
    for (float value : patch) {
      sum += value;
    }
    double mean = sum / patch.length;
    double squares = 0;
    for (float value : patch) {
      squares += (value - mean) * (value - mean);
    }
    return new PatchNormalization(mean, Math.sqrt(squares / (patch.length - 1) + EPS));
  }

  /** The target of a true value. */
  double normalise(double value) {
    return (value - mean) / deviation;
  }

  /** The value of a predicted target. */
  double restore(double target) {
    return target * deviation + mean;
  }
}
