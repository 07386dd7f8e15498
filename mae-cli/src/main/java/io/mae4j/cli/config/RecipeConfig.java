package io.mae4j.cli.config;

import java.util.Optional;

/**
 * How it learns.
 *
 * @param epochs passes over the images
 * @param warmupEpochs epochs of rising learning rate; a tenth of the epochs, at most 40, unless
 *     given
 * @param batchSize images of one forward and backward pass
 * @param accumIter passes whose gradients are averaged before the weights change
 * @param blr base learning rate for 256 images
 * @param lr the learning rate itself, in place of blr
 * @param minLr where the learning rate ends
 * @param weightDecay AdamW's decay
 * @param beta1 AdamW's decay of the first moment
 * @param beta2 AdamW's decay of the second moment
 * @param seed of all random choices
 * @param steps stop after so many optimizer steps
 */
public record RecipeConfig(
    int epochs,
    Optional<Double> warmupEpochs,
    int batchSize,
    int accumIter,
    double blr,
    Optional<Double> lr,
    double minLr,
    double weightDecay,
    double beta1,
    double beta2,
    long seed,
    Optional<Long> steps) {

  private static final double LONGEST_WARMUP = 40;
  private static final double LR_IMAGES = 256;

  /** Checks the numbers, also against each other. */
  public RecipeConfig {
    Check check =
        new Check()
            .atLeast(1, "epochs", epochs)
            .atLeast(1, "batch-size", batchSize)
            .atLeast(1, "accum-iter", accumIter)
            .that(blr > 0, "blr", "must be above 0", blr)
            .notNegative("min-lr", minLr)
            .notNegative("weight-decay", weightDecay)
            .that(
                (long) batchSize * accumIter <= Integer.MAX_VALUE,
                "accum-iter",
                "must keep the images of a step below 2^31",
                accumIter)
            .that(beta1 >= 0 && beta1 < 1, "beta1", "must be at least 0 and below 1", beta1)
            .that(beta2 >= 0 && beta2 < 1, "beta2", "must be at least 0 and below 1", beta2);
    warmupEpochs.ifPresent(
        warmup ->
            check.that(
                warmup >= 0 && warmup <= epochs,
                "warmup-epochs",
                "must be between 0 and epochs (" + epochs + ")",
                warmup));
    lr.ifPresent(rate -> check.that(rate > 0, "lr", "must be above 0", rate));
    steps.ifPresent(count -> check.that(count >= 1, "steps", "must be at least 1", count));
    check.done();
  }

  /** Epochs of rising learning rate. */
  public double warmup() {
    return warmupEpochs.orElse(Math.min(LONGEST_WARMUP, epochs / 10.0));
  }

  /** Images whose gradients make one change of the weights. */
  public int effectiveBatch() {
    return batchSize * accumIter;
  }

  /** The highest learning rate: the one given, or blr × effective batch / 256. */
  public double peakLearningRate() {
    return lr.orElse(blr * effectiveBatch() / LR_IMAGES);
  }

  /** This with the warm-up spelt out. */
  RecipeConfig resolved() {
    return withWarmup(warmup());
  }

  RecipeConfig withWarmup(double warmup) {
    return new RecipeConfig(
        epochs,
        Optional.of(warmup),
        batchSize,
        accumIter,
        blr,
        lr,
        minLr,
        weightDecay,
        beta1,
        beta2,
        seed,
        steps);
  }
}
