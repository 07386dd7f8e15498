package io.mae4j.api.data;

import java.util.Iterator;

/**
 * Prepared batches in order; {@link #hasNext} may wait for one. Closing it stops the work ahead and
 * returns within seconds, even where the data cannot be reached.
 *
 * @param <T> what was made of each batch
 */
public interface BatchStream<T> extends Iterator<T>, AutoCloseable {

  @Override
  void close();
}
