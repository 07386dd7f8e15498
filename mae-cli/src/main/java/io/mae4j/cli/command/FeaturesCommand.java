package io.mae4j.cli.command;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.console.TreeText;
import io.mae4j.cli.run.Checkpoints;
import io.mae4j.cli.run.Embedder;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.wiring.Application;
import io.mae4j.core.file.AtomicFile;
import io.mae4j.eval.features.Embeddings;
import io.mae4j.eval.features.EmbeddingsFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mae features}. */
@Command(
    name = "features",
    description = {
      "Encode the images of a data set, nothing hidden, and write a vector for each with its id.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  mae features runs/photos-base-1 --data holiday/ --out holiday.npy",
      "  mae features mae_pretrain_vit_base.pth --data holiday/ --pool cls --out holiday.csv",
      "",
      "Settings are those of the model's run unless given. With .npy, ids and labels lie in a CSV file beside it."
    })
final class FeaturesCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;
  @Mixin HeadsOptions heads = new HeadsOptions();

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A run's folder, a checkpoint, or a model of another library.")
  Path checkpoint;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.npy|.safetensors|.csv",
      description = "Where to write.")
  Path out;

  @Option(
      names = "--split",
      paramLabel = "train|test",
      defaultValue = "train",
      description = "Which images of the data set. Default: ${DEFAULT-VALUE}.")
  Split split;

  FeaturesCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    EmbeddingsFile form = EmbeddingsFile.of(out);
    AtomicFile.requireWritable(out);
    Checkpoint model =
        Checkpoints.read(
            checkpoint,
            heads.hints(settings.given("input-size").orElse(null)),
            false,
            context.console()::note);
    RunConfig config =
        settings.overlay(new ConfigLoader().tree(checkpoint.toString(), model.config())).load();
    Application application = context.start(common);
    Embeddings embeddings =
        application
            .get(Embedder.class)
            .run(
                application
                    .get(Models.class)
                    .load(checkpoint, model, config, context.console()::note),
                split,
                config.classifier().pool());
    EmbeddingsFile.save(out, embeddings);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("written", out.toString());
    tree.put("form", form.name().toLowerCase(Locale.ROOT));
    tree.put("images", embeddings.size());
    tree.put("width", embeddings.width());
    context.console().result(common.json ? Json.write(tree) : TreeText.write(tree));
    return ExitCode.OK;
  }
}
