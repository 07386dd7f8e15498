package io.mae4j.core.train;

import io.mae4j.api.error.MaeException;

/**
 * How a masked autoencoder is pre-trained. The names are those of the official script.
 *
 * @param epochs passes over the data, at least 1
 * @param warmupEpochs epochs of linear warm-up of the learning rate
 * @param batchSize images of one run of the program
 * @param accumIter batches whose gradients are averaged before one optimizer step
 * @param lr peak learning rate
 * @param minLr learning rate at the end
 * @param weightDecay AdamW's λ, not applied to biases and other 1-D parameters
 * @param beta1 decay of AdamW's first moment
 * @param beta2 decay of AdamW's second moment
 * @param maskRatio share of hidden patches, above 0 and below 1
 * @param seed of every random choice
 */
public record Recipe(
    int epochs,
    double warmupEpochs,
    int batchSize,
    int accumIter,
    double lr,
    double minLr,
    double weightDecay,
    double beta1,
    double beta2,
    double maskRatio,
    long seed) {

  /** Checks the numbers. */
  public Recipe {
    require(epochs >= 1, "epochs", "at least 1", epochs);
    require(warmupEpochs >= 0, "warmup-epochs", "at least 0", warmupEpochs);
    require(batchSize >= 1, "batch-size", "at least 1", batchSize);
    require(accumIter >= 1, "accum-iter", "at least 1", accumIter);
    require(lr > 0, "lr", "above 0", lr);
    require(minLr >= 0, "min-lr", "at least 0", minLr);
    require(weightDecay >= 0, "weight-decay", "at least 0", weightDecay);
    require(beta1 >= 0 && beta1 < 1, "beta1", "at least 0 and below 1", beta1);
    require(beta2 >= 0 && beta2 < 1, "beta2", "at least 0 and below 1", beta2);
    require(maskRatio > 0 && maskRatio < 1, "mask-ratio", "above 0 and below 1", maskRatio);
  }

  private static void require(boolean condition, String key, String range, double value) {
    if (!condition) {
      throw MaeException.user(key + " must be " + range + ", got " + value);
    }
  }

  /** Images of one optimizer step. */
  public int effectiveBatch() {
    return batchSize * accumIter;
  }
}
