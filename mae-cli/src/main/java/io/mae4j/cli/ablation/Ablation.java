package io.mae4j.cli.ablation;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.progress.Durations;
import io.mae4j.cli.progress.MetricsFile;
import io.mae4j.cli.run.Evaluations;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.Pretrainer;
import io.mae4j.cli.run.Reconstructions;
import io.mae4j.cli.run.Reports;
import io.mae4j.cli.run.RunFolder;
import io.mae4j.cli.run.RunLock;
import io.mae4j.cli.run.TrainedModel;
import io.mae4j.core.model.Pool;
import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.picture.ReconstructionPicture;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Runs the trainings of an ablation one after the other, and measures each. Finished ones are kept;
 * one that was interrupted goes on from its checkpoint; one that fails does not stop the others.
 */
public final class Ablation {
  private final Pretrainer pretrainer;
  private final Models models;
  private final Evaluations evaluations;
  private final Reconstructions reconstructions;
  private final Console console;
  private final LongSupplier clock;

  /**
   * Trains and measures with what these know.
   *
   * @param clock nanoseconds, for the remaining time
   */
  public Ablation(
      Pretrainer pretrainer,
      Models models,
      Evaluations evaluations,
      Reconstructions reconstructions,
      Console console,
      LongSupplier clock) {
    this.pretrainer = pretrainer;
    this.models = models;
    this.evaluations = evaluations;
    this.reconstructions = reconstructions;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Runs what is not finished.
   *
   * @param evaluators what to measure with
   * @param pool how the tokens of an image become one vector
   * @throws MaeException of kind USER if an evaluator is unknown, or the folder holds an ablation
   *     of other settings
   */
  public AblationOutcome run(AblationPlan plan, List<String> evaluators, Pool pool) {
    evaluations.require(evaluators);
    try (RunLock lock = new RunLock()) {
      return run(plan, AblationFolder.open(plan, lock), evaluators, pool);
    }
  }

  private AblationOutcome run(
      AblationPlan plan, AblationFolder folder, List<String> evaluators, Pool pool) {
    Map<PlannedCell, CellResult> finished = new LinkedHashMap<>();
    Map<PlannedCell, String> failed = new LinkedHashMap<>();
    boolean interrupted = false;
    Pace pace = new Pace();
    for (int i = 0; i < plan.cells().size() && !interrupted; i++) {
      PlannedCell cell = plan.cells().get(i);
      String where =
          String.format(Locale.ROOT, "Cell %d of %d: %s", i + 1, plan.cells().size(), cell.label());
      try {
        Optional<CellResult> before =
            CellResult.read(cell.folder()).filter(result -> result.pool().equals(word(pool)));
        if (before.isPresent() && before.get().missing(evaluators).isEmpty()) {
          console.note(where + " is finished already");
          finished.put(cell, before.get());
          continue;
        }
        console.note("\n" + where + pace.left(plan.cells().size() - i));
        long start = clock.getAsLong();
        Optional<CellResult> result = run(cell, before, evaluators, pool);
        pace.took(clock.getAsLong() - start);
        result.ifPresent(found -> finished.put(cell, found));
        interrupted = result.isEmpty();
      } catch (RuntimeException e) {
        String reason = e instanceof MaeException ? e.getMessage() : e.toString();
        failed.put(cell, reason);
        console.note(where + " failed: " + reason);
      }
    }
    return new AblationOutcome(plan, folder, evaluators, pool, finished, failed, interrupted);
  }

  /**
   * Trains and measures a cell.
   *
   * @return empty if somebody stopped it
   */
  private Optional<CellResult> run(
      PlannedCell cell, Optional<CellResult> before, List<String> evaluators, Pool pool) {
    List<String> missing = before.map(result -> result.missing(evaluators)).orElse(evaluators);
    evaluations.check(cell.config(), missing);
    boolean started = Files.exists(cell.folder().config());
    Pretrainer.Outcome outcome =
        pretrainer.run(
            cell.config(), started ? Optional.of(cell.folder()) : Optional.<RunFolder>empty());
    if (outcome.interrupted()) {
      return Optional.empty();
    }
    TrainedModel trained = outcome.trained(models);
    Comparison comparison = evaluations.learnt(trained, missing, pool);
    ReconstructionPicture picture = reconstructions.run(trained, Reconstructions.SHOWN);
    Reports.write(outcome, picture, Optional.of(comparison));
    Map<String, Double> accuracies = new LinkedHashMap<>();
    before.ifPresent(result -> accuracies.putAll(result.accuracies()));
    comparison
        .rows()
        .get(0)
        .evaluations()
        .forEach((name, evaluation) -> accuracies.put(name, evaluation.accuracy()));
    CellResult result =
        new CellResult(
            word(pool),
            accuracies,
            outcome.loss(),
            picture.hiddenPsnr(),
            seconds(outcome),
            outcome.flopsPerStep() / 1e9);
    result.write(cell.folder());
    return Optional.of(result);
  }

  /** The time of all training steps, whichever process ran them. */
  private static double seconds(Pretrainer.Outcome outcome) {
    int images = outcome.config().recipe().effectiveBatch();
    double seconds = 0;
    long last = 0;
    for (MetricsFile.Line line : MetricsFile.read(outcome.folder().metrics())) {
      seconds += (line.step() - last) * images / line.imagesPerSecond();
      last = line.step();
    }
    return seconds;
  }

  static String word(Pool pool) {
    return pool.name().toLowerCase(Locale.ROOT);
  }

  /** How long cells take. */
  private static final class Pace {
    private long nanos;
    private int cells;

    void took(long duration) {
      nanos += duration;
      cells++;
    }

    /** The time that so many more cells take, where that can be said. */
    String left(int more) {
      return cells == 0 ? "" : ", ETA of all " + Durations.clock(nanos / 1e9 / cells * more);
    }
  }
}
