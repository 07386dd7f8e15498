package io.mae4j.api.backend;

import io.mae4j.api.error.MaeException;

/**
 * How an engine is started.
 *
 * @param device where to run, {@code cpu} or {@code gpu:N}
 * @param threads threads of one operator on a CPU, at least 1
 */
public record BackendOptions(String device, int threads) {

  /** Checks the number of threads. */
  public BackendOptions {
    if (threads < 1) {
      throw MaeException.user("threads must be at least 1, got " + threads);
    }
  }

  /** The CPU with a thread for each processor. */
  public static BackendOptions cpu() {
    return new BackendOptions("cpu", Runtime.getRuntime().availableProcessors());
  }
}
