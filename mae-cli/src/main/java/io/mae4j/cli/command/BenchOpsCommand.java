package io.mae4j.cli.command;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.console.TreeText;
import io.mae4j.cli.run.OperatorBenchmark;
import io.mae4j.cli.run.OperatorBenchmark.Costs;
import io.mae4j.cli.run.OperatorBenchmark.Cut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mae bench ops}. */
@Command(
    name = "ops",
    description = {
      "Show the largest costs of a pre-training step by operator. Each operator is measured as a program of its own, op by op: what an engine fuses in a whole step does not show.",
      ""
    },
    footer = {"", "Example:", "  mae bench ops --model tiny --batch-size 128 --backend djl"})
final class BenchOpsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many operators to show with their shapes. Default: ${DEFAULT-VALUE}.")
  int top;

  BenchOpsCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (top < 0) {
      throw MaeException.user("--top must be at least 0, got " + top);
    }
    RunConfig config = settings.overlay(new ConfigLoader()).load();
    Costs costs = context.start(common).get(OperatorBenchmark.class).run(config);
    List<Cut> largest = costs.uses().subList(0, Math.min(top, costs.uses().size()));
    context.console().result(common.json ? json(costs, largest) : text(costs, largest));
    return ExitCode.OK;
  }

  private static String json(Costs costs, List<Cut> largest) {
    Map<String, Object> tree = new LinkedHashMap<>(costs.setting());
    tree.put("call_ms", costs.callMilliseconds());
    tree.put("sum_ms", costs.sum());
    tree.put("kinds", costs.kinds().stream().map(BenchOpsCommand::tree).toList());
    tree.put("largest", largest.stream().map(BenchOpsCommand::tree).toList());
    return Json.line(tree);
  }

  private static Map<String, Object> tree(Cut cut) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", cut.name());
    tree.put("calls", cut.calls());
    tree.put("ms", cut.milliseconds());
    tree.put("gflop", cut.gflop());
    return tree;
  }

  private static String text(Costs costs, List<Cut> largest) {
    StringBuilder text = new StringBuilder(TreeText.write(costs.setting())).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%nMeasured op by op: %.1f ms in all; an empty call of %.3f ms is taken off each.%n",
            costs.sum(),
            costs.callMilliseconds()));
    table(text, "operator", costs.kinds(), costs.sum());
    table(text, "operator with its operands", largest, costs.sum());
    return text.toString().stripTrailing();
  }

  private static void table(StringBuilder text, String title, List<Cut> cuts, double sum) {
    text.append(
        String.format(
            Locale.ROOT, "%n%6s %9s %6s %9s  %s%n", "calls", "ms", "%", "GFLOP/s", title));
    for (Cut cut : cuts) {
      String rate =
          cut.gflop() > 0 && cut.milliseconds() > 0
              ? String.format(Locale.ROOT, "%.0f", 1e3 * cut.gflop() / cut.milliseconds())
              : "";
      text.append(
          String.format(
              Locale.ROOT,
              "%6d %9.2f %6.1f %9s  %s%n",
              cut.calls(),
              cut.milliseconds(),
              sum > 0 ? 100 * cut.milliseconds() / sum : 0,
              rate,
              cut.name()));
    }
  }
}
