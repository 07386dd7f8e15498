package io.mae4j.core.train;

import io.mae4j.api.error.MaeException;
import io.mae4j.core.schedule.WarmupCosine;

/**
 * How long a training takes and how fast it learns when. The names are those of the official
 * script.
 *
 * @param epochs passes over the data, at least 1
 * @param warmupEpochs epochs of linear warm-up of the learning rate
 * @param batchSize images of one run of the program
 * @param accumIter batches whose gradients are averaged before one optimizer step
 * @param lr peak learning rate
 * @param minLr learning rate at the end
 */
public record Schedule(
    int epochs, double warmupEpochs, int batchSize, int accumIter, double lr, double minLr) {

  /** Checks the numbers. */
  public Schedule {
    require(epochs >= 1, "epochs", "at least 1", epochs);
    require(warmupEpochs >= 0, "warmup-epochs", "at least 0", warmupEpochs);
    require(batchSize >= 1, "batch-size", "at least 1", batchSize);
    require(accumIter >= 1, "accum-iter", "at least 1", accumIter);
    require(lr > 0, "lr", "above 0", lr);
    require(minLr >= 0, "min-lr", "at least 0", minLr);
  }

  /** The same with another number of images in a batch. */
  public Schedule withBatchSize(int images) {
    return new Schedule(epochs, warmupEpochs, images, accumIter, lr, minLr);
  }

  static void require(boolean condition, String key, String range, double value) {
    if (!condition) {
      throw MaeException.user(key + " must be " + range + ", got " + value);
    }
  }

  /** Images of one optimizer step. */
  public int effectiveBatch() {
    return batchSize * accumIter;
  }

  /** The learning rate over the run. */
  WarmupCosine curve() {
    return new WarmupCosine(lr, minLr, warmupEpochs, epochs);
  }
}
