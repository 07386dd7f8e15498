package io.mae4j.data.batch;

import io.mae4j.api.data.Batch;

/** What is in the batches of an epoch. Safe for several threads at once. */
interface BatchMaker {

  int batchesPerEpoch();

  /** The order of the images in an epoch, by their places in the data set. */
  int[] order(int epoch);

  /**
   * Prepares a batch.
   *
   * @param epoch the epoch, 0-based
   * @param order its order
   * @param batch the batch, 0-based
   * @param worker the calling thread's own; the result may hold its images
   * @throws java.util.concurrent.CancellationException if it is no longer wanted
   */
  Batch make(int epoch, int[] order, int batch, Worker worker);
}
