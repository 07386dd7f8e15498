package io.mae4j.data.batch;

import io.mae4j.data.image.ImageTransform;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * What a worker thread has for itself.
 *
 * @param transform makes inputs of images
 * @param images room for the pixels of a whole batch
 * @param stopped whether its work is no longer wanted
 */
record Worker(ImageTransform transform, float[] images, BooleanSupplier stopped) {

  /** For a thread that prepares batches as configured. */
  static Worker of(PipelineConfig config, BooleanSupplier stopped) {
    ImageTransform transform = new ImageTransform(config.image(), config.normalization());
    int values = Math.multiplyExact(config.batchSize(), transform.values());
    return new Worker(transform, new float[values], stopped);
  }

  /**
   * Gives the batch up if it is no longer wanted; called before each image.
   *
   * @throws CancellationException if so
   */
  void requireWanted() {
    if (stopped.getAsBoolean()) {
      throw new CancellationException();
    }
  }
}
