package io.mae4j.data.batch;

import io.mae4j.api.data.Batch;

/** What is in the batches of an epoch. Safe for several threads at once. */
interface BatchMaker {

  /** How many batches an epoch still has from a place in its order on. */
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
   * @throws java.util.concurrent.CancellationException if it is no longer wanted
   */
  Batch make(int epoch, int[] order, int firstImage, Worker worker);
}
