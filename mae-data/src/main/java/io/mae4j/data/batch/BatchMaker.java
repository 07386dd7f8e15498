package io.mae4j.data.batch;

import io.mae4j.api.data.Batch;
import java.util.Optional;

/** What is in the batches of an epoch. Safe for several threads at once. */
interface BatchMaker {

  /** How many batches an epoch still has from a place in its order on; some may come to nothing. */
  int batchesFrom(int firstImage);

  /** The order of the images in an epoch, by their places in the data set. */
  int[] order(int epoch);

  /**
   * Prepares a batch.
   *
   * @param epoch the epoch, 0-based
   * @param order its order
   * @param firstImage the place in the order where the batch begins
   * @param worker the calling thread's own; the result may hold its images
   * @return the batch, or nothing if all of its images are damaged and none takes their place
   * @throws java.util.concurrent.CancellationException if it is no longer wanted
   */
  Optional<Batch> make(int epoch, int[] order, int firstImage, Worker worker);
}
