package io.mae4j.cli.config;

import java.util.Optional;

/**
 * The images.
 *
 * @param location a name such as {@code sample}, or a path
 * @param limit how many images are used at most
 * @param workers threads that decode and crop
 * @param cropScale the smallest share of an image's area that a random crop covers
 * @param flip whether images are mirrored at random
 */
public record DataConfig(String location, Optional<Integer> limit, int workers, double cropScale, boolean flip) {

  /** Checks the numbers. */
  public DataConfig {
    new Check()
        .atLeast(1, "limit", limit)
        .atLeast(1, "num-workers", workers)
        .that(cropScale > 0 && cropScale <= 1, "crop-scale", "must be above 0 and at most 1", cropScale)
        .done();
  }
}
