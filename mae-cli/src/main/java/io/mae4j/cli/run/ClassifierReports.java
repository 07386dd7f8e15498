package io.mae4j.cli.run;

import io.mae4j.cli.console.Json;
import io.mae4j.cli.progress.MetricsFile;
import io.mae4j.eval.chart.ConfusionPicture;
import io.mae4j.eval.chart.LossCurve;
import io.mae4j.eval.classify.Scores;
import java.util.Locale;

/** Writes what a finished training with labels shows. */
public final class ClassifierReports {
  private ClassifierReports() {}

  /**
   * Writes {@code results.json}, {@code confusion.png} and {@code loss.png} into the run's folder;
   * nothing for a training that was interrupted.
   */
  public static void write(ClassifierOutcome outcome) {
    outcome.scores().ifPresent(scores -> write(outcome, scores));
  }

  private static void write(ClassifierOutcome outcome, Scores scores) {
    RunFolder folder = outcome.folder();
    folder.write(folder.results(), Json.write(outcome.tree()) + "\n");
    new ConfusionPicture(
            String.format(
                Locale.ROOT,
                "%s: top-1 %.2f%% of %,d",
                folder.name(),
                scores.top1(),
                scores.images()),
            outcome.classes(),
            scores.confusion())
        .write(folder.confusion());
    new LossCurve(
            folder.name(),
            MetricsFile.read(folder.metrics()).stream()
                .map(line -> new LossCurve.Point(line.step(), line.loss()))
                .toList())
        .write(folder.lossCurve());
  }
}
