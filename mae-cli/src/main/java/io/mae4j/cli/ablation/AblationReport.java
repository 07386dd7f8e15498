package io.mae4j.cli.ablation;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.Reconstructions;
import io.mae4j.cli.run.RunFolder;
import io.mae4j.core.checkpoint.CheckpointFile;
import io.mae4j.eval.ablation.AblationTable;
import io.mae4j.eval.chart.AblationChart;
import io.mae4j.eval.picture.RebuiltComparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the results of ablations. */
public final class AblationReport {
  private final Models models;
  private final Reconstructions reconstructions;

  /** Draws with what these know. */
  public AblationReport(Models models, Reconstructions reconstructions) {
    this.models = models;
    this.reconstructions = reconstructions;
  }

  /**
   * Writes {@code results.md}, {@code results.csv}, {@code results.json}, {@code accuracy.png} and
   * {@code reconstructions.png} into the ablation's folder. Without a finished training there is
   * nothing to show, and only the JSON is written.
   */
  public void write(AblationOutcome outcome) {
    AblationFolder folder = outcome.folder();
    RunFolder files = new RunFolder(folder.path());
    files.write(folder.json(), Json.write(outcome.tree()) + "\n");
    if (outcome.finished().isEmpty()) {
      return;
    }
    AblationTable table = outcome.table();
    files.write(folder.csv(), table.csv());
    new AblationChart(title(outcome), table).write(folder.chart());
    new RebuiltComparison(blocks(outcome)).write(folder.pictures());
    files.write(folder.markdown(), markdown(outcome, table));
  }

  private static String title(AblationOutcome outcome) {
    RunConfig base = outcome.plan().base();
    return String.format(
        Locale.ROOT,
        "%s on %s",
        String.join(" × ", outcome.plan().axisNames()),
        base.data().location());
  }

  /** A block for each setting, by its first finished seed. */
  private List<RebuiltComparison.Block> blocks(AblationOutcome outcome) {
    List<RebuiltComparison.Block> blocks = new ArrayList<>();
    Set<Object> drawn = new HashSet<>();
    for (PlannedCell cell : outcome.finished().keySet()) {
      if (drawn.add(cell.setting())) {
        Path file = cell.folder().checkpoint();
        Checkpoint checkpoint = CheckpointFile.read(file);
        RunConfig config = new ConfigLoader().tree(file.toString(), checkpoint.config()).load();
        blocks.add(
            new RebuiltComparison.Block(
                cell.label(),
                reconstructions.run(
                    models.load(config, checkpoint.model()), Reconstructions.SHOWN)));
      }
    }
    return blocks;
  }

  private static String markdown(AblationOutcome outcome, AblationTable table) {
    RunConfig base = outcome.plan().base();
    StringBuilder text = new StringBuilder();
    text.append("# Ablation: ").append(title(outcome)).append("\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "Model %s, %s, batches of %d. %s: top-1 accuracy in percent on test images, features pooled by %s. Mean ± standard deviation (n − 1) over the seeds.%n%n",
            base.model().size().name().toLowerCase(Locale.ROOT),
            base.recipe()
                    .steps()
                    .map(steps -> steps + " steps of a schedule of " + base.recipe().epochs())
                    .orElse(String.valueOf(base.recipe().epochs()))
                + " epochs",
            base.recipe().effectiveBatch(),
            String.join(", ", outcome.evaluators()),
            Ablation.word(outcome.pool())));
    text.append(table.markdown());
    text.append(
        "\nLosses and PSNR of different masks or targets measure different tasks and do not compare.\n");
    if (!outcome.failed().isEmpty()) {
      text.append("\nFailed:\n\n");
      outcome
          .failed()
          .forEach(
              (cell, reason) ->
                  text.append("- ").append(cell.label()).append(": ").append(reason).append('\n'));
    }
    AblationFolder folder = outcome.folder();
    text.append("\n![Accuracy](").append(folder.chart().getFileName()).append(")\n\n");
    text.append("![Rebuilt test images](").append(folder.pictures().getFileName()).append(")\n\n");
    text.append("Made by:\n\n```\n").append(command(outcome)).append("\n```\n");
    return text.toString();
  }

  private static String command(AblationOutcome outcome) {
    AblationPlan plan = outcome.plan();
    String axes =
        plan.axes().stream()
            .map(axis -> " --axis " + axis.name() + "=" + String.join(",", axis.values()))
            .collect(Collectors.joining());
    String seeds =
        plan.cells().stream()
            .map(cell -> String.valueOf(cell.seed()))
            .distinct()
            .collect(Collectors.joining(","));
    return "mae ablate --config "
        + outcome.folder().settings()
        + axes
        + " --seeds "
        + seeds
        + " --evaluate "
        + String.join(",", outcome.evaluators())
        + " --pool "
        + Ablation.word(outcome.pool())
        + " --out "
        + outcome.folder().path();
  }
}
