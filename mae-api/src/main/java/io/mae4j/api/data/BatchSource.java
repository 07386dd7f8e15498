package io.mae4j.api.data;

import java.util.function.Function;

/**
 * Batches of a data set, epoch after epoch. The sequence depends on the seed alone: not on threads,
 * nor on where an epoch is entered. No batch is empty: in measuring, a batch whose images are all
 * damaged is left out, so that fewer come than {@link #batchesPerEpoch} says, and an image is known
 * by {@link Batch#indices}, not by how many came before it.
 */
public interface BatchSource {

  /** How many images an epoch has. */
  int imagesPerEpoch();

  /** How many batches an epoch has at most; the last incomplete one is dropped in training. */
  int batchesPerEpoch();

  /**
   * The batches of one epoch from some image of its order on. Preparing a batch, including the
   * function, happens ahead on other threads; results come in order.
   *
   * @param epoch the epoch, 0-based
   * @param firstImage the place in the epoch's order to start with, 0-based; any, so that a run can
   *     go on with batches of another size
   * @param prepare what to make of a batch, called on a worker thread; it may change the images,
   *     and must copy what it keeps of them ({@link Batch#copy()}): the next batch overwrites them
   */
  <T> BatchStream<T> epoch(int epoch, int firstImage, Function<Batch, T> prepare);
}
