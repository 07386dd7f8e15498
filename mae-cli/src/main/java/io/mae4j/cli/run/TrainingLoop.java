package io.mae4j.cli.run;

import io.mae4j.api.data.BatchSource;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.progress.MetricsFile;
import io.mae4j.cli.progress.ProgressReporter;
import io.mae4j.core.train.TrainingListener;
import io.mae4j.core.train.TrainingRun;
import java.nio.file.Files;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Runs a training in a run's folder: shows its progress, logs its steps, saves it now and then,
 * stops it on Ctrl-C.
 *
 * @param folder the run's folder
 * @param config what it was told
 * @param training the training
 * @param writer saves where it stands
 * @param command how people go on with it, before the folder, for example {@code mae pretrain
 *     --resume}
 * @param console where it shows its progress
 */
record TrainingLoop(
    RunFolder folder,
    RunConfig config,
    TrainingRun training,
    CheckpointWriter writer,
    String command,
    Console console) {
  private static final int LOG_EVERY = 10;

  /**
   * How it ended.
   *
   * @param seconds wall-clock time
   * @param interrupted whether somebody stopped it
   */
  record Ended(double seconds, boolean interrupted) {}

  /** The step after which it ends. */
  long lastStep(BatchSource source) {
    return Math.min(config.recipe().steps().orElse(Long.MAX_VALUE), training.lastStep(source));
  }

  /**
   * Trains to the end.
   *
   * @param peakFlops measures how many operations a second the engine's matrix product reaches
   * @param more makes listeners that hear of each step and epoch before it is saved; they are given
   *     the progress line, which is to be closed before anything else is shown
   */
  Ended run(
      BatchSource source,
      DoubleSupplier peakFlops,
      Function<ProgressReporter, TrainingListener> more) {
    int logEvery =
        config.output().logEvery().orElse(config.recipe().steps().isPresent() ? 1 : LOG_EVERY);
    long lastStep = lastStep(source);
    ProgressReporter.Plan plan =
        new ProgressReporter.Plan(
            config.recipe().epochs(), lastStep, training.flopsPerStep(), peakFlops);
    try (Interruption interruption = new Interruption(console, training::stop);
        MetricsFile metrics =
            MetricsFile.open(folder.metrics(), training.progress().step(), logEvery)) {
      long start = System.nanoTime();
      try (ProgressReporter progress = new ProgressReporter(console, plan, System::nanoTime)) {
        CheckpointSaver saver =
            new CheckpointSaver(config.output().saveEvery(), this::save, System::nanoTime);
        training.run(source, lastStep, List.of(metrics, progress, more.apply(progress), saver));
      } catch (MaeException e) {
        if (Files.exists(folder.checkpoint())) {
          console.note("The last good checkpoint is kept: " + folder.checkpoint());
        }
        throw e;
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      save();
      if (interruption.happened()) {
        console.note(
            "Stopped after step "
                + training.progress().step()
                + ". Go on with: "
                + command
                + " "
                + folder.path());
      }
      return new Ended(seconds, interruption.happened());
    }
  }

  /** Saves where it stands. */
  void save() {
    writer.write(folder.checkpoint());
  }
}
