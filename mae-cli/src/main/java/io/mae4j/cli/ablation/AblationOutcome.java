package io.mae4j.cli.ablation;

import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.core.model.Pool;
import io.mae4j.eval.ablation.AblationCell;
import io.mae4j.eval.ablation.AblationTable;
import io.mae4j.eval.ablation.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an ablation came to.
 *
 * @param plan what was to be done
 * @param folder where it is
 * @param evaluators what was measured with
 * @param pool how the tokens of an image became one vector
 * @param finished the finished trainings, those of earlier calls too
 * @param failed those that failed, with the reason
 * @param interrupted whether somebody stopped it
 */
public record AblationOutcome(
    AblationPlan plan,
    AblationFolder folder,
    List<String> evaluators,
    Pool pool,
    Map<PlannedCell, CellResult> finished,
    Map<PlannedCell, String> failed,
    boolean interrupted) {
  private static final Measure LOSS = new Measure("loss", 4, false);
  private static final Measure PSNR = new Measure("hidden PSNR dB", 2, false);
  private static final Measure SECONDS = new Measure("training s", 0, false);
  private static final Measure GFLOP = new Measure("GFLOP/step", 1, false);

  /** The finished settings, seeds together. */
  public AblationTable table() {
    List<Measure> measures = new ArrayList<>();
    evaluators.forEach(name -> measures.add(new Measure(name, 1, true)));
    measures.addAll(List.of(LOSS, PSNR, SECONDS, GFLOP));
    List<AblationCell> cells = new ArrayList<>();
    finished.forEach(
        (cell, result) -> {
          Map<String, Double> values = new LinkedHashMap<>();
          evaluators.forEach(
              name -> values.put(name, Objects.requireNonNull(result.accuracies().get(name))));
          values.put(LOSS.name(), result.loss());
          values.put(PSNR.name(), result.hiddenPsnr());
          values.put(SECONDS.name(), result.seconds());
          values.put(GFLOP.name(), result.gflopPerStep());
          cells.add(new AblationCell(cell.setting(), cell.seed(), values));
        });
    return AblationTable.of(plan.axisNames(), measures, cells);
  }

  /** Everything as a tree, for JSON. */
  public Map<String, Object> tree() {
    Map<String, Object> axes = new LinkedHashMap<>();
    plan.axes().forEach(axis -> axes.put(axis.name(), axis.values()));
    List<Object> cells = new ArrayList<>();
    finished.forEach(
        (cell, result) -> {
          Map<String, Object> tree = about(cell);
          tree.putAll(result.tree());
          cells.add(tree);
        });
    List<Object> failures = new ArrayList<>();
    failed.forEach(
        (cell, reason) -> {
          Map<String, Object> tree = about(cell);
          tree.put("reason", reason);
          failures.add(tree);
        });
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("out", folder.path().toString());
    tree.put("axes", axes);
    tree.put("evaluators", evaluators);
    tree.put("pool", Ablation.word(pool));
    tree.put("rows", table().tree());
    tree.put("cells", cells);
    tree.put("failed", failures);
    tree.put("interrupted", interrupted);
    tree.put("config", ConfigYaml.tree(plan.base()));
    return tree;
  }

  private static Map<String, Object> about(PlannedCell cell) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("setting", cell.setting());
    tree.put("seed", cell.seed());
    tree.put("run", cell.folder().path().toString());
    return tree;
  }
}
