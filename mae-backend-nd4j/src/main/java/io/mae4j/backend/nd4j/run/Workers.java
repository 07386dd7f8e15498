package io.mae4j.backend.nd4j.run;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The threads of a program. Threads that share a kernel wait for the slowest at its end, which
 * costs more than it saves where kernels are small or other processes want the cores; sequences
 * side by side, each on one thread, wait for each other only once.
 */
public final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  /** So many threads, none of which keeps the process alive. */
  public Workers(int threads) {
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "nd4j-part");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Lets each kernel that the calling thread runs from now on have all threads. */
  void together() {
    share(threads);
  }

  /** Runs sequences at the same time, each on one thread, and waits for all of them. */
  void apart(List<List<Step>> sequences) {
    if (sequences.isEmpty()) {
      return;
    }
    CompletableFuture<?>[] running =
        sequences.stream()
            .map(sequence -> CompletableFuture.runAsync(() -> runAlone(sequence), pool))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      together();
    }
  }

  private static void runAlone(List<Step> sequence) {
    share(1);
    sequence.forEach(Step::run);
  }

  /**
   * Sets how many threads share a kernel: of ND4J and of OpenBLAS for the process, which is why
   * calls take turns; of oneDNN, which asks OpenMP, for the calling thread.
   */
  private static void share(int count) {
    Nd4j.getEnvironment().setMaxMasterThreads(count);
    Nd4j.factory().blas().setMaxThreads(count);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
