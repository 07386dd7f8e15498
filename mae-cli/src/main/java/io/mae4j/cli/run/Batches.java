package io.mae4j.cli.run;

import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.eval.picture.PixelScale;

/**
 * Batches of a run, prepared ahead on threads that end with this.
 *
 * @param source the batches
 * @param scale how pixels become their values
 * @param end ends the threads
 */
record Batches(BatchSource source, PixelScale scale, Runnable end) implements AutoCloseable {

  /** Cropped and mirrored at random, in shuffled order, full batches only. */
  static Batches training(Dataset data, ImageSpec image, RunConfig config) {
    throw new UnsupportedOperationException();
  }

  /** Whole images in their order, the last batch with what is left. */
  static Batches whole(Dataset data, ImageSpec image, RunConfig config, int batchSize) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    end.run();
  }
}
