package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.progress.Durations;
import io.mae4j.cli.progress.MetricsFile;
import io.mae4j.eval.chart.LossCurve;
import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.picture.ReconstructionPicture;
import io.mae4j.eval.report.Report;
import io.mae4j.eval.report.ReportPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes what a finished run shows: pictures, results and the page that ties them together. */
public final class Reports {
  private Reports() {}

  /**
   * Writes {@code loss.png}, {@code reconstructions.png}, {@code results.json} and {@code
   * report.html} into the run's folder.
   */
  public static void write(
      Pretrainer.Outcome outcome, ReconstructionPicture picture, Optional<Comparison> comparison) {
    RunFolder folder = outcome.folder();
    RunConfig config = outcome.config();
    String name = folder.name();
    LossCurve curve =
        new LossCurve(
            name,
            MetricsFile.read(folder.metrics()).stream()
                .map(line -> new LossCurve.Point(line.step(), line.loss()))
                .toList());
    curve.write(folder.lossCurve());
    picture.write(folder.reconstructions());
    folder.write(folder.results(), Json.write(results(outcome, picture, comparison)) + "\n");
    List<Report.Figure> figures =
        List.of(
            new Report.Figure("Rebuilt images", picture.caption(), picture.draw()),
            new Report.Figure(
                "Loss", "Mean squared error over hidden patches, by step.", curve.draw()));
    ReportPage.write(
        new Report(
            name,
            summary(config, outcome),
            facts(outcome),
            comparison,
            figures,
            ConfigYaml.tree(config),
            outcome.checkpoint().provenance()),
        folder.report());
  }

  private static String summary(RunConfig config, Pretrainer.Outcome outcome) {
    PatchGrid grid = Models.image(config.model()).grid();
    return String.format(
        Locale.ROOT,
        "A masked autoencoder (%s) pre-trained on %s for %d steps: it sees %d of an image's %d patches and rebuilds the rest.",
        config.model().size().name().toLowerCase(Locale.ROOT),
        config.data().location(),
        outcome.checkpoint().progress().step(),
        grid.visible(config.masking().ratio()),
        grid.patches());
  }

  private static Map<String, String> facts(Pretrainer.Outcome outcome) {
    Checkpoint checkpoint = outcome.checkpoint();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("loss", String.format(Locale.ROOT, "%.4f", outcome.loss()));
    facts.put("steps", String.valueOf(checkpoint.progress().step()));
    facts.put("epochs", String.valueOf(checkpoint.progress().epoch()));
    facts.put("training time", Durations.clock(outcome.seconds()));
    facts.put(
        "parameters",
        String.format(
            Locale.ROOT,
            "%,d",
            checkpoint.model().values().stream().mapToLong(array -> array.shape().size()).sum()));
    return facts;
  }

  /** What a run came to, as a tree. */
  public static Map<String, Object> results(
      Pretrainer.Outcome outcome, ReconstructionPicture picture, Optional<Comparison> comparison) {
    Map<String, Object> tree = outcome.tree();
    Map<String, Object> rebuilt = new LinkedHashMap<>();
    rebuilt.put("hidden_mse", picture.hiddenError());
    rebuilt.put("hidden_psnr_db", picture.hiddenPsnr());
    tree.put("reconstruction", rebuilt);
    comparison.ifPresent(
        found -> {
          Map<String, Object> evaluation = found.toTree();
          outcome
              .config()
              .classifier()
              .labelFraction()
              .ifPresent(fraction -> evaluation.put("label_fraction", fraction));
          tree.put("evaluation", evaluation);
        });
    return tree;
  }
}
