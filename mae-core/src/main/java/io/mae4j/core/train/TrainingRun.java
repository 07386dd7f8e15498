package io.mae4j.core.train;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.graph.Cost;
import io.mae4j.core.schedule.WarmupCosine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A training on one engine: a compiled {@link TrainingProgram}, the values in the engine's memory,
 * and how far it is. Made of first values or of a checkpoint; a run that goes on from a checkpoint
 * takes the same steps to the last bit as one that was never interrupted, on the same engine and
 * machine. For one thread, but for {@link #stop()}.
 */
public final class TrainingRun implements AutoCloseable {
  private final List<String> parameters;
  private final List<String> memory;
  private final Schedule schedule;
  private final Function<Batch, Map<String, Array>> prepare;
  private final Executable executable;
  private Progress progress;
  private volatile boolean stopped;

  private TrainingRun(
      List<String> parameters,
      List<String> memory,
      Schedule schedule,
      Function<Batch, Map<String, Array>> prepare,
      Executable executable,
      Progress progress) {
    this.parameters = parameters;
    this.memory = memory;
    this.schedule = schedule;
    this.prepare = prepare;
    this.executable = executable;
    this.progress = progress;
  }

  /**
   * Compiles a program and gives it its values.
   *
   * @param program a {@link TrainingProgram} of this objective and optimizer
   * @param prepare makes a program's inputs of a batch; called on the source's threads
   * @param start the model's values and, where the run goes on, those of the optimizer, and how far
   *     it is
   * @throws MaeException of kind DATA if a value is missing or has another shape
   */
  public static TrainingRun of(
      Program program,
      Objective objective,
      Optimizer optimizer,
      Schedule schedule,
      Function<Batch, Map<String, Array>> prepare,
      Checkpoint start,
      Backend backend,
      CompileOptions options) {
    List<StateSpec> memory = TrainingProgram.optimizerStates(optimizer, objective.parameters());
    Map<String, Array> values = new LinkedHashMap<>();
    for (ParameterSpec spec : objective.parameters()) {
      take(values, start.model(), new StateSpec(spec.name(), spec.shape()));
    }
    if (start.progress().step() > 0) {
      memory.forEach(state -> take(values, start.optimizer(), state));
    }
    Executable executable = backend.compile(program, options);
    try {
      executable.write(values);
      return new TrainingRun(
          objective.parameters().stream().map(ParameterSpec::name).toList(),
          memory.stream().map(StateSpec::name).toList(),
          schedule,
          prepare,
          executable,
          start.progress());
    } catch (RuntimeException e) {
      executable.close();
      throw e;
    }
  }

  private static void take(Map<String, Array> values, Map<String, Array> from, StateSpec spec) {
    Array array = from.get(spec.name());
    if (array == null) {
      throw MaeException.data(
          "the checkpoint lacks '" + spec.name() + "', so training cannot go on from it");
    }
    if (!array.shape().equals(spec.shape())) {
      throw MaeException.data(
          "the checkpoint holds '"
              + spec.name()
              + "' as "
              + array.shape()
              + ", the model needs "
              + spec.shape());
    }
    values.put(spec.name(), array);
  }

  /** How far it is. */
  public Progress progress() {
    return progress;
  }

  /** Its compiled program, for graphs beside the step. */
  public Executable executable() {
    return executable;
  }

  /** Floating-point operations of one optimizer step. */
  public double flopsPerStep() {
    String graph = schedule.accumIter() == 1 ? TrainingProgram.STEP : TrainingProgram.ACCUMULATE;
    return Cost.flops(executable.program().graph(graph)) * schedule.accumIter();
  }

  /**
   * Optimizer steps of an epoch; images that do not fill a last step are left out.
   *
   * @throws MaeException of kind USER if not even one step is filled
   */
  public int stepsPerEpoch(BatchSource source) {
    int steps = source.imagesPerEpoch() / schedule.effectiveBatch();
    if (steps == 0) {
      throw MaeException.user(
          "the data set has only "
              + source.imagesPerEpoch()
              + " images, one step needs "
              + schedule.accumIter()
              + " batches of "
              + schedule.batchSize()
              + "; take a smaller batch-size or accum-iter");
    }
    return steps;
  }

  /** Optimizer steps that the images of the running epoch still fill. */
  private int stepsLeft(BatchSource source) {
    return Math.max(0, source.imagesPerEpoch() - progress.images()) / schedule.effectiveBatch();
  }

  /** The step after which the last epoch ends, counted from the start of the run. */
  public long lastStep(BatchSource source) {
    int epochsAfter = schedule.epochs() - progress.epoch() - 1;
    return epochsAfter < 0
        ? progress.step()
        : progress.step() + stepsLeft(source) + (long) stepsPerEpoch(source) * epochsAfter;
  }

  /** Asks the run to return after the step under way. Any thread may call it. */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains until the last epoch ends, the number of steps is reached, or {@link #stop()} is asked.
   *
   * @param source batches of the schedule's batch size
   * @param lastStep the step after which to return, counted from the start of the run; {@link
   *     Long#MAX_VALUE} for all
   * @param listeners hear of each step and epoch
   * @throws MaeException of kind USER if the loss is not finite, naming the step
   */
  public void run(BatchSource source, long lastStep, List<TrainingListener> listeners) {
    long total = lastStep(source);
    endEpoch(source, listeners); // a run may have been saved right before its epoch ended
    while (progress.epoch() < schedule.epochs() && progress.step() < lastStep && !stopped) {
      runEpoch(source, lastStep, total, listeners);
      endEpoch(source, listeners);
    }
  }

  /** Goes to the next epoch if the images of this one fill no more steps. */
  private void endEpoch(BatchSource source, List<TrainingListener> listeners) {
    if (stepsLeft(source) == 0) {
      progress = new Progress(progress.epoch() + 1, 0, progress.step());
      listeners.forEach(listener -> listener.onEpoch(progress));
    }
  }

  private void runEpoch(
      BatchSource source, long lastStep, long total, List<TrainingListener> listeners) {
    WarmupCosine curve = schedule.curve();
    int epoch = progress.epoch();
    double images = (double) source.batchesPerEpoch() * schedule.batchSize();
    long before = System.nanoTime();
    try (BatchStream<Map<String, Array>> batches =
        source.epoch(epoch, progress.images(), prepare)) {
      while (stepsLeft(source) > 0 && progress.step() < lastStep && !stopped) {
        double lr = curve.at(epoch + progress.images() / images);
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
        progress = new Progress(epoch, progress.images() + schedule.effectiveBatch(), step);
        long now = System.nanoTime();
        double epochs = epoch + progress.images() / images;
        StepReport report =
            new StepReport(step, total, epochs, loss, lr, schedule.effectiveBatch(), now - before);
        before = now;
        listeners.forEach(listener -> listener.onStep(report));
      }
    }
  }

  private double step(BatchStream<Map<String, Array>> batches, float lr, long step) {
    Map<String, Array> optimizer =
        Map.of(TrainingProgram.LR, Array.scalar(lr), TrainingProgram.T, Array.scalar((float) step));
    Set<String> loss = Set.of(TrainingProgram.LOSS);
    if (schedule.accumIter() == 1) {
      Map<String, Array> inputs = new LinkedHashMap<>(batches.next());
      inputs.putAll(optimizer);
      return item(executable.run(TrainingProgram.STEP, inputs, loss));
    }
    double sum = 0;
    for (int i = 0; i < schedule.accumIter(); i++) {
      sum += item(executable.run(TrainingProgram.ACCUMULATE, batches.next(), loss));
    }
    executable.run(TrainingProgram.APPLY, optimizer, Set.of());
    return sum / schedule.accumIter();
  }

  private static double item(Map<String, Array> outputs) {
    Array loss = outputs.get(TrainingProgram.LOSS);
    if (loss == null) {
      throw MaeException.internal("the engine did not return the loss");
    }
    return loss.item();
  }

  /**
   * Copies all values to the host.
   *
   * @param config what the run was told
   * @param provenance where it comes from
   */
  public Checkpoint checkpoint(Map<String, Object> config, Map<String, String> provenance) {
    return new Checkpoint(
        executable.read(parameters), executable.read(memory), config, progress, provenance);
  }

  @Override
  public void close() {
    executable.close();
  }
}
