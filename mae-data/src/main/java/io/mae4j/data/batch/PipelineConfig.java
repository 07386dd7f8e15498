package io.mae4j.data.batch;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.data.image.Cropping;
import io.mae4j.data.image.Normalization;
import io.mae4j.data.image.RandomResizedCrop;

/**
 * How images become batches.
 *
 * @param image what the model takes
 * @param normalization as many channels as the model takes
 * @param batchSize B, images in a batch
 * @param threads worker threads, at least 1; they don't change the sequence
 * @param seed the run's seed
 * @param augment whether training images are cropped and mirrored at random; otherwise they are
 *     prepared as for evaluation
 * @param crop how images are cut
 * @param flipProbability how often an image is mirrored, 0..1
 */
public record PipelineConfig(
    ImageSpec image,
    Normalization normalization,
    int batchSize,
    int threads,
    long seed,
    boolean augment,
    Cropping crop,
    double flipProbability) {

  private static final double MIN_SCALE = 0.2;
  private static final double FLIP = 0.5;

  /** Checks the numbers. */
  public PipelineConfig {
    if (batchSize < 1 || threads < 1) {
      throw MaeException.user(
          "batch size and threads must be at least 1, got " + batchSize + " and " + threads);
    }
    if (!(flipProbability >= 0 && flipProbability <= 1)) {
      throw MaeException.user("flip probability must be 0 to 1, got " + flipProbability);
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
        true,
        new RandomResizedCrop(MIN_SCALE, 1),
        FLIP);
  }
}
