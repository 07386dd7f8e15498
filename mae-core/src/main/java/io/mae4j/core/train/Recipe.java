package io.mae4j.core.train;

/**
 * How a masked autoencoder is pre-trained. The names are those of the official script.
 *
 * @param schedule how long and how fast
 * @param weightDecay AdamW's λ, not applied to biases and other 1-D parameters
 * @param beta1 decay of AdamW's first moment
 * @param beta2 decay of AdamW's second moment
 * @param maskRatio share of hidden patches, above 0 and below 1
 * @param seed of every random choice
 */
public record Recipe(
    Schedule schedule,
    double weightDecay,
    double beta1,
    double beta2,
    double maskRatio,
    long seed) {

  /** Checks the numbers. */
  public Recipe {
    Schedule.require(weightDecay >= 0, "weight-decay", "at least 0", weightDecay);
    Schedule.require(beta1 >= 0 && beta1 < 1, "beta1", "at least 0 and below 1", beta1);
    Schedule.require(beta2 >= 0 && beta2 < 1, "beta2", "at least 0 and below 1", beta2);
    Schedule.require(
        maskRatio > 0 && maskRatio < 1, "mask-ratio", "above 0 and below 1", maskRatio);
  }

  /** The same with another number of images in a batch. */
  public Recipe withBatchSize(int images) {
    return new Recipe(schedule.withBatchSize(images), weightDecay, beta1, beta2, maskRatio, seed);
  }

  /** AdamW with these numbers. */
  public AdamWOptimizer optimizer() {
    return new AdamWOptimizer(beta1, beta2, AdamWOptimizer.decayMatrices(weightDecay));
  }
}
