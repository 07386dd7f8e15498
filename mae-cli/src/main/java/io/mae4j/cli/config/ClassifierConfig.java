package io.mae4j.cli.config;

import io.mae4j.core.model.Pool;
import java.util.Optional;

/**
 * How an encoder is measured with labels.
 *
 * @param pool how an image's tokens become one vector
 * @param labelFraction the share of each class's training images that is used; all unless given
 * @param blocks how many of the last blocks are tuned
 * @param layerDecay what the learning rate is multiplied by from layer to layer towards the pixels
 * @param dropPath how often the last block's branches are left out
 * @param mixup α of mixed images
 * @param cutmix α of pasted rectangles
 * @param smoothing how much of a label is spread over all classes
 * @param reprob how often a rectangle of an image is erased
 * @param autoAugment how images are distorted, in timm's notation; not at all unless given
 * @param evalEvery epochs between two measurements
 */
public record ClassifierConfig(
    Pool pool,
    Optional<Double> labelFraction,
    double blocks,
    double layerDecay,
    double dropPath,
    double mixup,
    double cutmix,
    double smoothing,
    double reprob,
    Optional<String> autoAugment,
    int evalEvery) {

  /** Checks the numbers. */
  public ClassifierConfig {
    Check check =
        new Check()
            .that(
                blocks >= 0 && 2 * blocks == Math.rint(2 * blocks),
                "blocks",
                "must be 0 or a positive multiple of 0.5",
                blocks)
            .that(
                layerDecay > 0 && layerDecay <= 1,
                "layer-decay",
                "must be above 0 and at most 1",
                layerDecay)
            .that(dropPath >= 0 && dropPath < 1, "drop-path", "must be from 0 to below 1", dropPath)
            .notNegative("mixup", mixup)
            .notNegative("cutmix", cutmix)
            .that(
                smoothing >= 0 && smoothing < 1,
                "smoothing",
                "must be from 0 to below 1",
                smoothing)
            .that(reprob >= 0 && reprob <= 1, "reprob", "must be from 0 to 1", reprob)
            .atLeast(1, "eval-every", evalEvery);
    labelFraction.ifPresent(
        fraction ->
            check.that(
                fraction > 0 && fraction <= 1,
                "label-fraction",
                "must be above 0 and at most 1",
                fraction));
    check.done();
  }
}
