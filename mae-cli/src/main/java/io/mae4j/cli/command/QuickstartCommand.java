package io.mae4j.cli.command;

import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.Evaluations;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.Pretrainer;
import io.mae4j.cli.run.QuickstartRecipe;
import io.mae4j.cli.run.Reconstructions;
import io.mae4j.cli.run.Reports;
import io.mae4j.cli.run.TrainedModel;
import io.mae4j.cli.wiring.Application;
import io.mae4j.core.model.Pool;
import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.compare.ComparisonTable;
import io.mae4j.eval.picture.ReconstructionPicture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mae quickstart}. */
@Command(
    name = "quickstart",
    description = {
      "Pre-train on the built-in sample of 10,000 images, measure what was learnt, draw what is rebuilt, and tie it all together on a page.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  mae quickstart",
      "  mae quickstart --backend nd4j --seed 1",
      "  mae quickstart --print-recipe > my.yaml; mae pretrain --config my.yaml --data photos"
    })
final class QuickstartCommand implements Callable<Integer> {
  private static final List<String> EVALUATORS = List.of("knn", "linear");

  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;

  @Option(
      names = "--print-recipe",
      description = "Print the recipe as a file for --config, and do nothing else.")
  boolean printRecipe;

  QuickstartCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (printRecipe) {
      context
          .console()
          .result(
              settings.recipe(
                  QuickstartRecipe.NAME, QuickstartRecipe.text(), ConfigKeys.PRETRAINING));
      return ExitCode.OK;
    }
    RunConfig config =
        settings
            .overlay(new ConfigLoader().yaml(QuickstartRecipe.NAME, QuickstartRecipe.text()))
            .load();
    Application application = context.start(common);
    Pretrainer.Outcome outcome = application.get(Pretrainer.class).run(config, Optional.empty());
    if (outcome.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    TrainedModel trained = outcome.trained(application.get(Models.class));
    Comparison comparison = application.get(Evaluations.class).run(trained, EVALUATORS, Pool.MEAN);
    ReconstructionPicture picture =
        application.get(Reconstructions.class).run(trained, Reconstructions.SHOWN);
    Console console = context.console();
    if (common.json) {
      console.result(Json.write(Reports.results(outcome, picture, Optional.of(comparison))));
    } else {
      console.result("");
      console.result(ComparisonTable.text(comparison).stripTrailing());
      console.result(OutcomeText.of(outcome));
    }
    Reports.write(outcome, picture, Optional.of(comparison));
    return ExitCode.OK;
  }
}
