package io.mae4j.cli.command;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.ablation.Ablation;
import io.mae4j.cli.ablation.AblationAxis;
import io.mae4j.cli.ablation.AblationOutcome;
import io.mae4j.cli.ablation.AblationPlan;
import io.mae4j.cli.ablation.AblationPreset;
import io.mae4j.cli.ablation.AblationReport;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.wiring.Application;
import io.mae4j.core.model.Pool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mae ablate}. */
@Command(
    name = "ablate",
    description = {
      "Pre-train with every combination of some settings, measure each, and put the results into a table, a chart and a picture.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  mae ablate --preset table-1f --config fashion.yaml --seeds 0,1,2 --out ablations/masks",
      "  mae ablate --axis mask-ratio=0.25,0.5,0.75,0.9 --data sample --epochs 20 --evaluate knn,linear --out ablations/ratio",
      "  mae ablate --axis masking=random:0.75,block:0.5 --axis decoder-depth=1,4 --out ablations/both",
      "",
      "Each training is an ordinary run in a folder of its own below --out. The same command again keeps the finished ones, goes on",
      "with an interrupted one, and may name more values, seeds and evaluators. A training that fails is reported and left out."
    })
final class AblateCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;

  @Option(
      names = "--axis",
      paramLabel = "KEY=V,V,...",
      description =
          "Vary a setting; may be given several times. KEY:KEY=V:V,V:V varies several together, and masking=random:0.75 gives the mask ratio too.")
  List<String> axes = List.of();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = {
        "Vary what a table or figure of He et al. 2021 varies:",
        "table-1a: decoder depth 1, 2, 4, 8, 12",
        "table-1b: decoder width, 1/4, 1/2, 1, 3/2, 2 of the model's (of 512: 128 to 1024)",
        "table-1c: mask tokens in the encoder or not",
        "table-1d: pixels as targets, plain or normalised",
        "table-1e: no augmentation, crops of fixed size, crops of random size",
        "table-1f: masks random 75%%, block 50%% and 75%%, grid 75%%",
        "figure-5: mask ratio 10%% to 90%%"
      })
  List<String> presets = List.of();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      description = "Train each combination with these seeds. Default: the configuration's seed.")
  List<Long> seeds = List.of();

  @Option(
      names = "--evaluate",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "linear",
      description = "Evaluators; 'mae info' lists them. Default: ${DEFAULT-VALUE}.")
  List<String> evaluators = List.of();

  @Option(
      names = "--pool",
      paramLabel = "cls|mean",
      defaultValue = "mean",
      description =
          "How an image's tokens become one vector: the class token, or the mean of the patch tokens. Default: ${DEFAULT-VALUE}.")
  Pool pool;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of all results.")
  Path out;

  AblateCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    RunConfig base = settings.overlay(new ConfigLoader()).load();
    List<AblationAxis> varied = new ArrayList<>();
    presets.forEach(name -> varied.add(AblationPreset.named(name).axis(base)));
    axes.forEach(text -> varied.add(AblationAxis.parse(text)));
    if (varied.isEmpty()) {
      throw MaeException.user("nothing is varied; give --axis KEY=VALUE,VALUE or --preset NAME");
    }
    AblationPlan plan =
        AblationPlan.of(
            out,
            () -> settings.overlay(new ConfigLoader()),
            varied,
            seeds.isEmpty() ? List.of(base.recipe().seed()) : seeds.stream().distinct().toList());
    Application application = context.start(common);
    AblationOutcome outcome =
        application.get(Ablation.class).run(plan, evaluators.stream().distinct().toList(), pool);
    print(outcome);
    application.get(AblationReport.class).write(outcome);
    if (!common.json && !outcome.finished().isEmpty()) {
      context.console().result("Written to " + outcome.folder().markdown());
    }
    if (outcome.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    return outcome.failed().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(AblationOutcome outcome) {
    Console console = context.console();
    if (outcome.interrupted()) {
      console.note("Stopped. The same command again goes on.");
    }
    if (!outcome.failed().isEmpty()) {
      console.note(
          outcome.failed().size() + " of " + outcome.plan().cells().size() + " trainings failed:");
      outcome.failed().forEach((cell, reason) -> console.note("  " + cell.label() + ": " + reason));
    }
    if (common.json) {
      console.result(Json.write(outcome.tree()));
    } else if (!outcome.finished().isEmpty()) {
      console.result("");
      console.result(outcome.table().markdown());
    }
  }
}
