package io.mae4j.data.batch;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.data.augment.Augmentation;
import io.mae4j.data.image.Normalization;
import java.util.Optional;

/**
 * How images become batches.
 *
 * @param image what the model takes
 * @param normalization as many channels as the model takes
 * @param batchSize B, images in a batch
 * @param threads worker threads, at least 1; they don't change the sequence
 * @param seed the run's seed
 * @param augmentation how training images are changed at random; without it they are prepared as
 *     for evaluation
 */
public record PipelineConfig(
    ImageSpec image,
    Normalization normalization,
    int batchSize,
    int threads,
    long seed,
    Optional<Augmentation> augmentation) {

  private static final double MIN_SCALE = 0.2;

  /** Checks the numbers. */
  public PipelineConfig {
    if (batchSize < 1 || threads < 1) {
      throw MaeException.user(
          "batch size and threads must be at least 1, got " + batchSize + " and " + threads);
    }
    if (normalization.channels() != image.channels()) {
      throw MaeException.user(
          "normalisation of "
              + normalization.channels()
              + " channels for images of "
              + image.channels());
    }
  }

  /** The published recipe: crops of 20 to 100 % of the area, every other image mirrored. */
  public static PipelineConfig official(
      ImageSpec image, Normalization normalization, int batchSize, int threads, long seed) {
    return new PipelineConfig(
        image,
        normalization,
        batchSize,
        threads,
        seed,
        Optional.of(Augmentation.cropAndFlip(MIN_SCALE)));
  }
}
