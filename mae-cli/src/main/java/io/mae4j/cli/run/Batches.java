package io.mae4j.cli.run;

import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.RunConfig;

/**
 * Batches of a run, prepared ahead on threads that end with this.
 *
 * @param source the batches
 * @param end ends the threads
 */
record Batches(BatchSource source, Runnable end) implements AutoCloseable {

  static Batches training(Dataset data, ImageSpec image, RunConfig config) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    end.run();
  }
}
