package io.mae4j.cli.run;

import io.mae4j.cli.console.Console;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns Ctrl-C (and a request to end the process) into a request to stop: the process lives on
 * until the work has ended in order, or for some minutes.
 */
final class Interruption implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Thread hook;

  /** From now on an interruption runs the action and waits for {@link #close()}. */
  Interruption(Console console, Runnable stop) {
    this.hook =
        new Thread(
            () -> {
              asked.set(true);
              console.note("");
              console.note("Stopping after this step …");
              stop.run();
              await();
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    try {
      ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether somebody interrupted. */
  boolean happened() {
    return asked.get();
  }

  @Override
  public void close() {
    if (asked.get()) {
      ended.countDown();
    } else {
      remove();
    }
  }

  private void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      ended.countDown(); // the process ends at this moment
    }
  }
}
