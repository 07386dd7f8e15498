package io.mae4j.cli.run;

import com.sun.management.OperatingSystemMXBean;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Program;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.graph.PeakMemory;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.train.Pretraining;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * How much memory a pre-training will take on the CPU beside what the process has already: the
 * values of its program, and on the host the first values of the parameters.
 *
 * @param model what is trained
 * @param config how
 */
record MemoryForecast(MaskedAutoencoder model, RunConfig config) {
  private static final long REAL_BYTES = 4;
  private static final String CPU = "cpu";
  private static final double GIB = 1L << 30;

  /** Bytes that training takes with the configured batch size. */
  long bytes() {
    return bytes(config.recipe().batchSize());
  }

  private long bytes(int batchSize) {
    Program program =
        Engines.rewritten(
            new Pretraining(model, Recipes.of(config, batchSize)).program(), config.backend());
    long parameters = model.parameters().stream().mapToLong(spec -> spec.shape().size()).sum();
    return PeakMemory.bytes(program) + REAL_BYTES * parameters;
  }

  /** The memory of this machine, or of the container the process runs in. */
  private static long physicalBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /**
   * Refuses a training that does not fit into this machine. On other devices nothing is refused.
   *
   * @return bytes that the process takes already; 0 where the system does not tell
   * @throws MaeException of kind RESOURCE that names the batch size that would fit
   */
  long require() {
    long taken = ProcessMemory.currentBytes().orElse(0);
    if (config.backend().device().equals(CPU)) {
      require(physicalBytes() - taken);
    }
    return taken;
  }

  /**
   * Refuses a training that does not fit.
   *
   * @param free bytes that it may take
   * @throws MaeException of kind RESOURCE that names the batch size that would fit
   */
  void require(long free) {
    long needed = bytes();
    if (needed <= free) {
      return;
    }
    int fitting = largest(free);
    String advice =
        fitting == 0
            ? "not even one image at a time fits; take a smaller model"
            : "batch-size "
                + fitting
                + " would fit; accum-iter makes up for a smaller batch"
                + (config.backend().checkpointActivations()
                    ? ""
                    : ", and checkpoint-activations makes room for a larger one");
    throw MaeException.resource(
        String.format(
            Locale.ROOT,
            "training with batch-size %d needs about %.1f GiB of memory and %.1f GiB are there: %s",
            config.recipe().batchSize(),
            needed / GIB,
            free / GIB,
            advice));
  }

  /** The largest batch that fits; 0 if none does. */
  private int largest(long free) {
    int fits = 0;
    int fails = config.recipe().batchSize();
    while (fails - fits > 1) {
      int middle = (fits + fails) >>> 1;
      if (bytes(middle) <= free) {
        fits = middle;
      } else {
        fails = middle;
      }
    }
    return fits;
  }
}
