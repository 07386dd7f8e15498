package io.mae4j.cli.run;

import com.sun.management.OperatingSystemMXBean;
import io.mae4j.api.backend.Backend;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Program;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.graph.PeakMemory;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.train.Pretraining;
import io.mae4j.eval.classify.ClassifierRecipe;
import io.mae4j.eval.classify.ClassifierTraining;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * How much memory a training will take on the CPU beside what the process has already: the values
 * of its program, as the engine planned them or as its graphs tell, and on the host the first
 * values of the parameters.
 *
 * @param programs what a step runs, by the number of images in a batch
 * @param parameters what is trained or kept
 * @param config how
 * @param program what a step runs with the configured batch size
 */
record MemoryForecast(
    IntFunction<Program> programs,
    List<ParameterSpec> parameters,
    RunConfig config,
    Program program) {
  private static final long REAL_BYTES = 4;
  private static final double GIB = 1L << 30;

  /** Forecasts a pre-training. */
  static MemoryForecast of(MaskedAutoencoder model, RunConfig config) {
    return of(
        batch -> new Pretraining(model, Recipes.of(config).withBatchSize(batch)).program(),
        model.parameters(),
        config);
  }

  /** Forecasts a training with labels. */
  static MemoryForecast of(VitClassifier classifier, ClassifierRecipe recipe, RunConfig config) {
    return of(
        batch -> ClassifierTraining.program(classifier, recipe.withBatchSize(batch)),
        classifier.parameters(),
        config);
  }

  private static MemoryForecast of(
      IntFunction<Program> programs, List<ParameterSpec> parameters, RunConfig config) {
    return new MemoryForecast(
        programs, parameters, config, programs.apply(config.recipe().batchSize()));
  }

  /** Bytes that training takes with the configured batch size. */
  long bytes(Backend backend) {
    return bytes(backend, program);
  }

  private long bytes(Backend backend, Program training) {
    long planned =
        backend
            .plannedBytes(training)
            .orElseGet(() -> PeakMemory.bytes(Engines.rewritten(training, config.backend())));
    return planned + REAL_BYTES * ParameterSpec.sizeOf(parameters);
  }

  /** The memory of this machine, or of the container the process runs in. */
  private static long physicalBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /**
   * Refuses a training that does not fit into this machine. On other devices nothing is refused.
   *
   * @param backend what will train
   * @return bytes that the process takes already; 0 where the system does not tell
   * @throws MaeException of kind RESOURCE that names the batch size that would fit
   */
  long require(Backend backend) {
    long taken = ProcessMemory.currentBytes().orElse(0);
    if (backend.device().isCpu()) {
      require(backend, physicalBytes() - taken);
    }
    return taken;
  }

  /**
   * Refuses a training that does not fit.
   *
   * @param backend what will train
   * @param free bytes that it may take
   * @throws MaeException of kind RESOURCE that names the batch size that would fit
   */
  void require(Backend backend, long free) {
    long bytes = bytes(backend);
    if (bytes <= free) {
      return;
    }
    int fitting = largest(backend, free);
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
            bytes / GIB,
            free / GIB,
            advice));
  }

  /** The largest batch that fits; 0 if none does. */
  private int largest(Backend backend, long free) {
    int fits = 0;
    int fails = config.recipe().batchSize();
    while (fails - fits > 1) {
      int middle = (fits + fails) >>> 1;
      if (bytes(backend, programs.apply(middle)) <= free) {
        fits = middle;
      } else {
        fails = middle;
      }
    }
    return fits;
  }
}
