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
import java.util.function.ToLongFunction;

/**
 * How much memory a training will take on the CPU beside what the process has already: the values
 * of its program, as the engine planned them or as its graphs tell, and copies on the Java heap.
 *
 * @param programs what a step runs, by the number of images in a batch
 * @param config how
 * @param program what a step runs with the configured batch size
 * @param copies bytes of the values that are held on the heap at once
 */
record MemoryForecast(
    IntFunction<Program> programs, RunConfig config, Program program, long copies) {
  private static final long REAL_BYTES = 4;
  private static final double GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  /** What batches of images and everything small take on the heap. */
  private static final long HEAP_MARGIN = 128 * MIB;

  /** Forecasts a pre-training that saves nothing and draws its first values yet. */
  static MemoryForecast of(MaskedAutoencoder model, RunConfig config) {
    return of(programs(model, config), config, program -> bytes(model.parameters()));
  }

  /** Forecasts a pre-training that saves, and whose first values are there. */
  static MemoryForecast ofRun(MaskedAutoencoder model, RunConfig config) {
    return of(
        programs(model, config), config, program -> saved(program, model.parameters(), config));
  }

  private static IntFunction<Program> programs(MaskedAutoencoder model, RunConfig config) {
    return batch -> new Pretraining(model, Recipes.of(config).withBatchSize(batch)).program();
  }

  /** Forecasts a training with labels, which draws its first values yet and saves. */
  static MemoryForecast of(VitClassifier classifier, ClassifierRecipe recipe, RunConfig config) {
    List<ParameterSpec> parameters = classifier.parameters();
    return of(
        batch -> ClassifierTraining.program(classifier, recipe.withBatchSize(batch)),
        config,
        program -> bytes(parameters) + saved(program, parameters, config));
  }

  private static MemoryForecast of(
      IntFunction<Program> programs, RunConfig config, ToLongFunction<Program> copies) {
    Program program = programs.apply(config.recipe().batchSize());
    return new MemoryForecast(programs, config, program, copies.applyAsLong(program));
  }

  private static long bytes(List<ParameterSpec> parameters) {
    return REAL_BYTES * ParameterSpec.sizeOf(parameters);
  }

  /** Bytes of a checkpoint: all states but the sums of gradients. */
  private static long saved(Program program, List<ParameterSpec> parameters, RunConfig config) {
    long states = program.states().values().stream().mapToLong(state -> state.shape().size()).sum();
    List<ParameterSpec> trainable = parameters.stream().filter(ParameterSpec::trainable).toList();
    return REAL_BYTES * states - (config.recipe().accumIter() > 1 ? bytes(trainable) : 0);
  }

  /** Bytes that training takes with the configured batch size. */
  long bytes(Backend backend) {
    return bytes(backend, program);
  }

  private long bytes(Backend backend, Program training) {
    return backend.plannedBytes(training).orElseGet(() -> PeakMemory.bytes(training)) + copies;
  }

  /** The memory of this machine, or of the container the process runs in. */
  private static long physicalBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Bytes that the heap has room for. */
  private static long freeHeap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() - HEAP_MARGIN;
  }

  /**
   * Refuses a training that does not fit into this machine, or whose copies do not fit on the heap.
   * Of other devices the memory is not known.
   *
   * @param backend what will train
   * @return bytes that the process takes already; 0 where the system does not tell
   * @throws MaeException of kind RESOURCE that names the batch size that would fit, or the heap
   */
  long require(Backend backend) {
    if (copies > freeHeap()) {
      System.gc(); // what is no longer used does not count
      requireHeap(freeHeap());
    }
    long taken = ProcessMemory.currentBytes().orElse(0);
    if (backend.device().isCpu()) {
      require(backend, physicalBytes() - taken);
    }
    return taken;
  }

  /**
   * Refuses a training whose copies do not fit on the heap.
   *
   * @param free bytes that the heap has room for
   * @throws MaeException of kind RESOURCE that names the heap that would do
   */
  void requireHeap(long free) {
    if (copies > free) {
      long enough = (Runtime.getRuntime().maxMemory() + copies - free) / MIB + 1;
      throw MaeException.resource(
          String.format(
              Locale.ROOT,
              "a copy of the model and of its optimizer takes %.1f GiB of the Java heap, which has room for"
                  + " %.1f GiB, so that it could not be saved: start with JAVA_OPTS=-Xmx%dm, or take a"
                  + " smaller model",
              copies / GIB,
              Math.max(0, free) / GIB,
              enough));
    }
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
