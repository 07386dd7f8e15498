package io.mae4j.data.batch;

import io.mae4j.api.data.BatchStream;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbered results that worker threads make ahead and that come out in order. At most one more than
 * there are threads is under way or waiting. A failure comes out at its number, after everything
 * before it.
 */
final class PrefetchingStream<T> implements BatchStream<T> {
  private final int ahead;
  private final List<Thread> threads = new ArrayList<>();

  // Guarded by this.
  private final Map<Integer, Result<T>> finished = new HashMap<>();
  private int nextToMake;
  private int nextToGive;
  private int end;
  private boolean closed;

  private PrefetchingStream(int first, int end, int ahead) {
    this.nextToMake = first;
    this.nextToGive = first;
    this.end = end;
    this.ahead = ahead;
  }

  /**
   * Starts the workers.
   *
   * @param first the first number
   * @param end one more than the last
   * @param threads how many workers
   * @param worker makes one worker's function; it is told how to ask whether the stream was closed
   */
  static <T> PrefetchingStream<T> start(
      int first, int end, int threads, Function<BooleanSupplier, IntFunction<T>> worker) {
    PrefetchingStream<T> stream = new PrefetchingStream<>(first, end, threads + 1);
    for (int i = 0; i < Math.min(threads, end - first); i++) {
      Thread thread = new Thread(() -> stream.work(worker), "mae-data-" + i);
      thread.setDaemon(true);
      stream.threads.add(thread);
    }
    stream.threads.forEach(Thread::start);
    return stream;
  }

  @Override
  public synchronized boolean hasNext() {
    return !closed && nextToGive < end;
  }

  @Override
  public T next() {
    Result<T> result = await();
    if (result.failure != null) {
      close();
      throw rethrown(result.failure);
    }
    return result.value();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      finished.clear();
      notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive() && thread != Thread.currentThread()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Result<T> await() {
    if (!hasNext()) {
      throw new NoSuchElementException(closed ? "the stream is closed" : "the epoch is over");
    }
    try {
      while (!closed && !finished.containsKey(nextToGive)) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MaeException(ErrorKind.RESOURCE, "interrupted while waiting for images", e);
    }
    Result<T> result = finished.remove(nextToGive);
    if (result == null) {
      throw new NoSuchElementException("the stream is closed");
    }
    nextToGive++;
    notifyAll();
    return result;
  }

  private void work(Function<BooleanSupplier, IntFunction<T>> worker) {
    IntFunction<T> make = null;
    for (int number = claim(); number >= 0; number = claim()) {
      Result<T> result;
      try {
        make = make == null ? worker.apply(this::isClosed) : make;
        result = new Result<>(make.apply(number), null);
      } catch (Throwable failure) {
        // Whatever it is, the reader of the stream must hear of it.
        result = new Result<>(null, failure);
      }
      finish(number, result);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized int claim() {
    while (!closed && nextToMake < end && nextToMake >= nextToGive + ahead) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody interrupts these threads; closing is how they end.
        Thread.currentThread().interrupt();
        return -1;
      }
    }
    return closed || nextToMake >= end ? -1 : nextToMake++;
  }

  private synchronized void finish(int number, Result<T> result) {
    if (closed) {
      return;
    }
    finished.put(number, result);
    if (result.failure != null) {
      end = Math.min(end, number + 1);
    }
    notifyAll();
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new MaeException(ErrorKind.INTERNAL, "preparing a batch failed: " + failure, failure);
  }

  /** What became of a number: a value, or a failure. */
  private static final class Result<T> {
    private final @Nullable T value;
    private final @Nullable Throwable failure;

    Result(@Nullable T value, @Nullable Throwable failure) {
      this.value = value;
      this.failure = failure;
    }

    T value() {
      if (value == null) {
        throw new IllegalStateException("a batch was prepared to nothing");
      }
      return value;
    }
  }
}
