package io.mae4j.cli.command;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.Checkpoints;
import io.mae4j.cli.run.Evaluations;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.RunFolder;
import io.mae4j.cli.wiring.Application;
import io.mae4j.core.model.Pool;
import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.compare.ComparisonTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code mae evaluate knn} and {@code mae evaluate linear} have in common. */
abstract class EvaluateWith implements Callable<Integer> {
  private final Context context;
  private final String evaluator;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;
  @Mixin HeadsOptions heads = new HeadsOptions();

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A run's folder, a checkpoint, or a model of another library.")
  Path checkpoint;

  @Option(
      names = "--pool",
      paramLabel = "cls|mean",
      defaultValue = "mean",
      description =
          "How an image's tokens become one vector: the class token, or the mean of the patch tokens. Default: ${DEFAULT-VALUE}.")
  Pool pool;

  EvaluateWith(Context context, String evaluator, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.evaluator = evaluator;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    Checkpoint model =
        Checkpoints.read(
            checkpoint,
            heads.hints(settings.given("input-size").orElse(null)),
            false,
            context.console()::note);
    RunConfig config =
        settings.overlay(new ConfigLoader().tree(checkpoint.toString(), model.config())).load();
    Application application = context.start(common);
    Comparison comparison =
        application
            .get(Evaluations.class)
            .run(
                application.get(Models.class).load(checkpoint, model, config),
                List.of(evaluator),
                pool);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", checkpoint.toString());
    tree.putAll(comparison.toTree());
    tree.put("config", ConfigYaml.tree(config));
    RunFolder folder = RunFolder.existing(checkpoint);
    folder.write(folder.evaluation(evaluator), Json.write(tree) + "\n");
    context
        .console()
        .result(common.json ? Json.write(tree) : ComparisonTable.text(comparison).stripTrailing());
    return ExitCode.OK;
  }

  /** {@code mae evaluate knn}. */
  @Command(
      name = "knn",
      description = {
        "Classify test images by their nearest training images, in the space of the frozen features.",
        ""
      },
      footer = {
        "",
        "Example:",
        "  mae evaluate knn runs/sample-tiny-1",
        "",
        "Settings are those of the model's run unless given. The result is also written beside the checkpoint."
      })
  static final class Knn extends EvaluateWith {
    Knn(Context context, CommonOptions common, ConfigOptions settings) {
      super(context, "knn", common, settings);
    }
  }

  /** {@code mae evaluate linear}. */
  @Command(
      name = "linear",
      description = {
        "Train a linear classifier on the frozen features and measure it on test images.",
        ""
      },
      footer = {
        "",
        "Example:",
        "  mae evaluate linear runs/sample-tiny-1",
        "",
        "Settings are those of the model's run unless given. The result is also written beside the checkpoint."
      })
  static final class Linear extends EvaluateWith {
    Linear(Context context, CommonOptions common, ConfigOptions settings) {
      super(context, "linear", common, settings);
    }
  }
}
