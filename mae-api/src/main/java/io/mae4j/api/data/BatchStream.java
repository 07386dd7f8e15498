package io.mae4j.api.data;

import java.util.Iterator;

/**
 * Prepared batches in order. Closing it stops the work ahead.
 *
 * @param <T> what was made of each batch
 */
public interface BatchStream<T> extends Iterator<T>, AutoCloseable {

  @Override
  void close();
}
