package io.mae4j.cli.config;

import java.util.List;
import java.util.Optional;

/**
 * The images.
 *
 * @param location a name such as {@code sample}, or a path
 * @param limit how many images are used at most
 * @param workers threads that decode and crop
 * @param crop what training images are cut to
 * @param cropScale the smallest share of an image's area that a crop of random size covers
 * @param flip whether images are mirrored at random
 * @param pixelMean what is subtracted from each channel of pixels from 0 to 1 [C]
 * @param pixelStd what each channel is then divided by [C]
 */
public record DataConfig(
    String location,
    Optional<Integer> limit,
    int workers,
    CropKind crop,
    double cropScale,
    boolean flip,
    Optional<List<Double>> pixelMean,
    Optional<List<Double>> pixelStd) {

  /** Checks the numbers. */
  public DataConfig {
    Check check =
        new Check()
            .atLeast(1, "limit", limit)
            .atLeast(1, "num-workers", workers)
            .that(
                cropScale > 0 && cropScale <= 1,
                "crop-scale",
                "must be above 0 and at most 1",
                cropScale)
            .that(
                pixelMean.map(List::size).equals(pixelStd.map(List::size)),
                "pixel-std",
                "must have as many numbers as pixel-mean",
                pixelStd.map(List::size).orElse(0));
    pixelStd.ifPresent(
        std ->
            check.that(
                std.stream().allMatch(deviation -> deviation > 0),
                "pixel-std",
                "must be above 0",
                std));
    check.done();
  }
}
