package io.mae4j.data.batch;

import io.mae4j.api.data.Batch;
import io.mae4j.data.image.ImageTransform;
import java.util.function.BooleanSupplier;

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
   * @param transform the calling thread's own
   * @param images the calling thread's own, room for the pixels of a whole batch; the result may
   *     hold it
   * @param stopped asked before each image; if true, the batch is given up
   * @throws java.util.concurrent.CancellationException if it was given up
   */
  Batch make(
      int epoch,
      int[] order,
      int batch,
      ImageTransform transform,
      float[] images,
      BooleanSupplier stopped);
}
