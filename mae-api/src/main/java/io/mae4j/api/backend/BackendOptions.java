package io.mae4j.api.backend;

import io.mae4j.api.error.MaeException;

/**
 * How an engine is started.
 *
 * @param device where to run, {@code cpu} or {@code gpu:N}
 * @param threads threads of one operator on a CPU, at least 1
 * @param sparing whether memory is to be given back to the system as soon as it is free, at the
 *     cost of time; for engines that take memory as they go
 */
public record BackendOptions(String device, int threads, boolean sparing) {

  /** Checks the number of threads. */
  public BackendOptions {
    if (threads < 1) {
      throw MaeException.user("threads must be at least 1, got " + threads);
    }
  }

  /** Not sparing. */
  public BackendOptions(String device, int threads) {
    this(device, threads, false);
  }

  /** The CPU with a thread for each processor. */
  public static BackendOptions cpu() {
    return new BackendOptions("cpu", Runtime.getRuntime().availableProcessors());
  }
}
