package io.mae4j.data.augment;

import io.mae4j.api.error.MaeException;
import io.mae4j.data.image.Cropping;
import io.mae4j.data.image.RandomResizedCrop;
import java.util.Optional;

/**
 * How training images are changed at random, in this order.
 *
 * @param crop how it is cut to the model's size
 * @param flipProbability how often it is mirrored, 0..1
 * @param randAugment how it is distorted
 * @param erasing what is erased of it once it is normalised
 */
public record Augmentation(
    Cropping crop,
    double flipProbability,
    Optional<RandAugment> randAugment,
    RandomErasing erasing) {
  private static final double FLIP = 0.5;

  /** Checks the probability. */
  public Augmentation {
    if (!(flipProbability >= 0 && flipProbability <= 1)) {
      throw MaeException.user("flip probability must be 0 to 1, got " + flipProbability);
    }
  }

  /** Crops of so much of the area and more, every other image mirrored, nothing else. */
  public static Augmentation cropAndFlip(double leastArea) {
    return new Augmentation(
        new RandomResizedCrop(leastArea, 1), FLIP, Optional.empty(), RandomErasing.NONE);
  }
}
