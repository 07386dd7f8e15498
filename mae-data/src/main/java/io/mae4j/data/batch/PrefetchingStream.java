package io.mae4j.data.batch;

import io.mae4j.api.data.BatchStream;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbered results that worker threads make ahead and that come out in order; numbers that come to
 * nothing are passed over. At most one more than there are threads is under way or waiting. A
 * failure comes out at its number, after everything before it.
 */
final class PrefetchingStream<T> implements BatchStream<T> {
  /** How long closing waits for workers to end by themselves, and again once interrupted. */
  private static final long PATIENCE_MILLIS = 1000;

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
   * @param worker makes one worker's function, which may make nothing of a number; it is told how
   *     to ask whether the stream was closed
   */
  static <T> PrefetchingStream<T> start(
      int first, int end, int threads, Function<BooleanSupplier, IntFunction<Optional<T>>> worker) {
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
  public boolean hasNext() {
    return await() != null;
  }

  @Override
  public T next() {
    Result<T> result = take();
    if (result.failure != null) {
      close();
      throw rethrown(result.failure);
    }
    return result.made.orElseThrow();
  }

  /**
   * Stops the work ahead. A worker that is about to end is waited for; one that waits for its data
   * is interrupted, and one that even then goes on waiting is left behind: it asks whether the
   * stream was closed before it touches anything else.
   */
  @Override
  public void close() {
    List<Thread> workers;
    synchronized (this) {
      closed = true;
      finished.clear();
      notifyAll();
      workers = List.copyOf(threads);
      threads.clear();
    }
    if (!endWithin(PATIENCE_MILLIS, workers)) {
      workers.stream()
          .filter(thread -> thread != Thread.currentThread())
          .forEach(Thread::interrupt);
      endWithin(PATIENCE_MILLIS, workers);
    }
  }

  /** Whether all workers, but the calling one, ended in time. */
  private static boolean endWithin(long millis, List<Thread> workers) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    boolean allEnded = true;
    for (Thread worker : workers) {
      long left = end - System.nanoTime();
      while (worker.isAlive() && worker != Thread.currentThread() && left > 0) {
        try {
          TimeUnit.NANOSECONDS.timedJoin(worker, left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
        left = end - System.nanoTime();
      }
      allEnded &= !worker.isAlive() || worker == Thread.currentThread();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return allEnded;
  }

  private synchronized Result<T> take() {
    Result<T> result = await();
    if (result == null) {
      throw new NoSuchElementException(closed ? "the stream is closed" : "the epoch is over");
    }
    pass();
    return result;
  }

  /** Waits for the next result that is something; null behind the last, or when closed. */
  private synchronized @Nullable Result<T> await() {
    try {
      while (!closed && nextToGive < end) {
        Result<T> result = finished.get(nextToGive);
        if (result == null) {
          wait();
        } else if (result.failure == null && result.made.isEmpty()) {
          pass();
        } else {
          return result;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MaeException(ErrorKind.RESOURCE, "interrupted while waiting for images", e);
    }
    return null;
  }

  private synchronized void pass() {
    finished.remove(nextToGive++);
    notifyAll();
  }

  private void work(Function<BooleanSupplier, IntFunction<Optional<T>>> worker) {
    IntFunction<Optional<T>> make = null;
    for (int number = claim(); number >= 0; number = claim()) {
      Result<T> result;
      try {
        make = make == null ? worker.apply(this::isClosed) : make;
        result = new Result<>(make.apply(number), null);
      } catch (Throwable failure) {
        // Whatever it is, the reader of the stream must hear of it.
        result = new Result<>(Optional.empty(), failure);
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
        // Only closing interrupts these threads.
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

  /**
   * What became of a number.
   *
   * @param made what was made, perhaps nothing
   * @param failure why it could not be made
   */
  private record Result<T>(Optional<T> made, @Nullable Throwable failure) {}
}
