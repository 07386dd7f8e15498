package io.mae4j.core.train;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.random.Randomness;
import io.mae4j.core.graph.Cost;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import io.mae4j.core.schedule.WarmupCosine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pre-training run on one engine: a compiled step, the values in the engine's memory, and how far
 * it is. Made new or from a checkpoint; a run that goes on from a checkpoint takes the same steps
 * to the last bit as one that was never interrupted, on the same engine and machine. For one
 * thread, but for {@link #stop()}.
 */
public final class Pretraining implements AutoCloseable {
  private final MaskedAutoencoder model;
  private final Recipe recipe;
  private final MaskingStrategy masking;
  private final Randomness randomness;
  private final Executable executable;
  private Progress progress;
  private volatile boolean stopped;

  private Pretraining(
      MaskedAutoencoder model,
      Recipe recipe,
      MaskingStrategy masking,
      Executable executable,
      Progress progress) {
    this.model = model;
    this.recipe = recipe;
    this.masking = masking;
    this.randomness = new Randomness(recipe.seed());
    this.executable = executable;
    this.progress = progress;
  }

  /** Starts from first values drawn by the recipe's seed. */
  public static Pretraining start(
      MaskedAutoencoder model,
      Recipe recipe,
      MaskingStrategy masking,
      Backend backend,
      CompileOptions options) {
    Map<String, Array> values = model.initialize(new Randomness(recipe.seed()));
    return of(model, recipe, masking, backend, options, values, Progress.start());
  }

  /**
   * Goes on from a checkpoint.
   *
   * @throws MaeException of kind DATA if a parameter or moment is missing or has another shape
   */
  public static Pretraining resume(
      MaskedAutoencoder model,
      Recipe recipe,
      MaskingStrategy masking,
      Backend backend,
      CompileOptions options,
      Checkpoint checkpoint) {
    Map<String, Array> values = new LinkedHashMap<>();
    for (ParameterSpec spec : model.parameters()) {
      take(values, checkpoint.model(), spec.name(), spec);
      if (spec.trainable()) {
        take(values, checkpoint.optimizer(), PretrainingProgram.EXP_AVG + spec.name(), spec);
        take(values, checkpoint.optimizer(), PretrainingProgram.EXP_AVG_SQ + spec.name(), spec);
      }
    }
    return of(model, recipe, masking, backend, options, values, checkpoint.progress());
  }

  private static void take(
      Map<String, Array> values, Map<String, Array> from, String name, ParameterSpec spec) {
    Array array = from.get(name);
    if (array == null) {
      throw MaeException.data(
          "the checkpoint lacks '" + name + "', so training cannot go on from it");
    }
    if (!array.shape().equals(spec.shape())) {
      throw MaeException.data(
          "the checkpoint holds '"
              + name
              + "' as "
              + array.shape()
              + ", the model needs "
              + spec.shape());
    }
    values.put(name, array);
  }

  private static Pretraining of(
      MaskedAutoencoder model,
      Recipe recipe,
      MaskingStrategy masking,
      Backend backend,
      CompileOptions options,
      Map<String, Array> values,
      Progress progress) {
    Program program = PretrainingProgram.of(model, recipe);
    Executable executable = backend.compile(program, options);
    try {
      executable.write(values);
      return new Pretraining(model, recipe, masking, executable, progress);
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  /** How far it is. */
  public Progress progress() {
    return progress;
  }

  /** Floating-point operations of one optimizer step. */
  public double flopsPerStep() {
    Map<String, Graph> graphs = executable.program().graphs();
    double perBatch = Cost.flops(graphs.values().iterator().next());
    return perBatch * recipe.accumIter();
  }

  /** Optimizer steps of an epoch; batches that do not fill a last step are left out. */
  public int stepsPerEpoch(BatchSource source) {
    int steps = source.batchesPerEpoch() / recipe.accumIter();
    if (steps == 0) {
      throw MaeException.user(
          "the data set fills only "
              + source.batchesPerEpoch()
              + " batches of "
              + recipe.batchSize()
              + ", one step needs "
              + recipe.accumIter()
              + "; take a smaller batch-size or accum-iter");
    }
    return steps;
  }

  /** Asks the run to return after the step under way. Any thread may call it. */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains until the recipe's last epoch ends, the number of steps is reached, or {@link #stop()}
   * is asked.
   *
   * @param source batches of the recipe's batch size
   * @param lastStep the step after which to return, counted from the start of the run; {@link
   *     Long#MAX_VALUE} for all
   * @param listeners hear of each step and epoch
   * @throws MaeException of kind INTERNAL if the loss is not finite, naming the step
   */
  public void run(BatchSource source, long lastStep, List<TrainingListener> listeners) {
    int stepsPerEpoch = stepsPerEpoch(source);
    while (progress.epoch() < recipe.epochs() && progress.step() < lastStep && !stopped) {
      runEpoch(source, stepsPerEpoch, lastStep, listeners);
    }
  }

  private void runEpoch(
      BatchSource source, int stepsPerEpoch, long lastStep, List<TrainingListener> listeners) {
    WarmupCosine schedule =
        new WarmupCosine(recipe.lr(), recipe.minLr(), recipe.warmupEpochs(), recipe.epochs());
    int epoch = progress.epoch();
    long before = System.nanoTime();
    try (BatchStream<Map<String, Array>> batches =
        source.epoch(epoch, progress.batch(), this::prepare)) {
      while (progress.batch() < stepsPerEpoch * recipe.accumIter()
          && progress.step() < lastStep
          && !stopped) {
        double lr = schedule.at(epoch + (double) progress.batch() / source.batchesPerEpoch());
        long step = progress.step() + 1;
        double loss = step(batches, (float) lr, step);
        if (!Double.isFinite(loss)) {
          throw MaeException.user(
              "the loss of step "
                  + step
                  + " is "
                  + loss
                  + "; take a lower learning rate or a longer warm-up");
        }
        progress = new Progress(epoch, progress.batch() + recipe.accumIter(), step);
        long now = System.nanoTime();
        double epochs = epoch + (double) progress.batch() / source.batchesPerEpoch();
        long total = (long) stepsPerEpoch * recipe.epochs();
        StepReport report =
            new StepReport(step, total, epochs, loss, lr, recipe.effectiveBatch(), now - before);
        before = now;
        listeners.forEach(listener -> listener.onStep(report));
      }
    }
    if (progress.batch() >= stepsPerEpoch * recipe.accumIter()) {
      progress = new Progress(epoch + 1, 0, progress.step());
      listeners.forEach(listener -> listener.onEpoch(progress));
    }
  }

  private double step(BatchStream<Map<String, Array>> batches, float lr, long step) {
    Map<String, Array> optimizer =
        Map.of(
            PretrainingProgram.LR,
            Array.scalar(lr),
            PretrainingProgram.T,
            Array.scalar((float) step));
    Set<String> loss = Set.of(PretrainingProgram.LOSS);
    if (recipe.accumIter() == 1) {
      Map<String, Array> inputs = new LinkedHashMap<>(batches.next());
      inputs.putAll(optimizer);
      return item(executable.run(PretrainingProgram.STEP, inputs, loss));
    }
    double sum = 0;
    for (int i = 0; i < recipe.accumIter(); i++) {
      sum += item(executable.run(PretrainingProgram.ACCUMULATE, batches.next(), loss));
    }
    executable.run(PretrainingProgram.APPLY, optimizer, Set.of());
    return sum / recipe.accumIter();
  }

  private static double item(Map<String, Array> outputs) {
    Array loss = outputs.get(PretrainingProgram.LOSS);
    if (loss == null) {
      throw new MaeException(ErrorKind.INTERNAL, "the engine did not return the loss");
    }
    return loss.item();
  }

  /** Draws masks and cuts patches; called on the source's threads. */
  private Map<String, Array> prepare(Batch batch) {
    PatchGrid grid = model.image().grid();
    int visible = grid.visible(recipe.maskRatio());
    List<Mask> masks = new ArrayList<>();
    for (int index : batch.indices()) {
      Mask mask =
          masking.draw(
              grid, recipe.maskRatio(), randomness.generator("mask", batch.epoch(), index));
      if (mask.patches() != grid.patches() || mask.visible().length != visible) {
        throw MaeException.plugin(
            "the masking strategy "
                + masking.getClass().getName()
                + " left "
                + mask.visible().length
                + " of "
                + mask.patches()
                + " patches visible, it must leave "
                + visible
                + " of "
                + grid.patches());
      }
      masks.add(mask);
    }
    return new PatchCutter(model.image()).cut(batch, masks);
  }

  /**
   * Copies all values to the host.
   *
   * @param config what the run was told
   * @param provenance where it comes from
   */
  public Checkpoint checkpoint(Map<String, Object> config, Map<String, String> provenance) {
    List<String> parameters = model.parameters().stream().map(ParameterSpec::name).toList();
    List<String> moments =
        executable.program().states().values().stream()
            .map(StateSpec::name)
            .filter(
                name ->
                    name.startsWith(PretrainingProgram.EXP_AVG)
                        || name.startsWith(PretrainingProgram.EXP_AVG_SQ))
            .toList();
    return new Checkpoint(
        executable.read(parameters), executable.read(moments), config, progress, provenance);
  }

  @Override
  public void close() {
    executable.close();
  }
}
