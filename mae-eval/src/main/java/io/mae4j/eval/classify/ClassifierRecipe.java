package io.mae4j.eval.classify;

import io.mae4j.core.train.Optimizer;
import io.mae4j.core.train.Schedule;

/**
 * How a classifier is trained.
 *
 * @param schedule how long and how fast
 * @param optimizer how gradients change parameters
 * @param mixup how images and labels are mixed
 * @param seed of every random choice
 */
public record ClassifierRecipe(Schedule schedule, Optimizer optimizer, Mixup mixup, long seed) {

  /** The same with another number of images in a batch. */
  public ClassifierRecipe withBatchSize(int images) {
    return new ClassifierRecipe(schedule.withBatchSize(images), optimizer, mixup, seed);
  }
}
