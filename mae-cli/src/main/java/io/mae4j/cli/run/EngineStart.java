package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.error.MaeException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * An engine that starts on a thread of its own: its native library takes most of a second to load.
 * Closing waits for the start and closes the engine.
 */
final class EngineStart implements AutoCloseable {
  private static final String THREAD = "engine-start";

  private final FutureTask<Backend> task;

  private EngineStart(FutureTask<Backend> task) {
    this.task = task;
  }

  /** Begins to start an engine. */
  static EngineStart of(Callable<Backend> opener) {
    FutureTask<Backend> task = new FutureTask<>(opener);
    Thread thread = new Thread(task, THREAD);
    thread.setDaemon(true);
    thread.start();
    return new EngineStart(task);
  }

  /** The started engine; waits for it. What the start threw is thrown here. */
  Backend backend() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MaeException.internal("interrupted while the engine started");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    Backend started;
    try {
      started = backend();
    } catch (RuntimeException | LinkageError e) {
      return; // backend() has said so, or another failure came first
    }
    started.close();
  }
}
