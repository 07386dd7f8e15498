package io.mae4j.data.batch;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.data.image.Normalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** What the tests of batches have in common. */
final class Batches {
  static final ImageSpec IMAGE = new ImageSpec(8, 8, 1, 4);
  static final Normalization HALF = new Normalization(List.of(0.5), List.of(0.25));

  private Batches() {}

  static PipelineConfig config(int batchSize, int threads, long seed) {
    return PipelineConfig.official(IMAGE, HALF, batchSize, threads, seed);
  }

  static PipelineConfig withoutAugmentation(int batchSize, int threads) {
    return new PipelineConfig(IMAGE, HALF, batchSize, threads, 1, Optional.empty());
  }

  static List<Batch> all(BatchSource source, int epoch, int firstImage) {
    List<Batch> batches = new ArrayList<>();
    try (BatchStream<Batch> stream = source.epoch(epoch, firstImage, Batch::copy)) {
      stream.forEachRemaining(batches::add);
    }
    return batches;
  }

  static List<Integer> indices(List<Batch> batches) {
    List<Integer> indices = new ArrayList<>();
    for (Batch batch : batches) {
      for (int index : batch.indices()) {
        indices.add(index);
      }
    }
    return indices;
  }

  /** Waits for a thing that other threads bring about; false after ten seconds. */
  static boolean eventually(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 2000; i++) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.sleep(5);
    }
    return false;
  }

  /** The worker threads that are alive. */
  static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("mae-data-"))
        .count();
  }

  /** What a call throws on a thread of its own, so that a test of hanging code ends. */
  static Throwable thrownWithinTenSeconds(Runnable call) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                call.run();
              } catch (Throwable failure) {
                thrown.set(failure);
              }
            });
    thread.setDaemon(true);
    thread.start();
    thread.join(10_000);
    if (thread.isAlive()) {
      throw new AssertionError("still waiting after ten seconds");
    }
    return thrown.get();
  }
}
