package io.mae4j.cli.command;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.Checkpoints;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.Reconstructions;
import io.mae4j.cli.run.RunFolder;
import io.mae4j.cli.wiring.Application;
import io.mae4j.core.file.AtomicFile;
import io.mae4j.eval.picture.ReconstructionPicture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mae reconstruct}. */
@Command(
    name = "reconstruct",
    description = {
      "Draw what a model rebuilds of images that it sees in part: original, masked, rebuilt, both together.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  mae reconstruct runs/sample-tiny-1",
      "  mae reconstruct runs/photos-base-1 --data holiday/ --images 4 --mask-ratio 0.9 --out holiday.png",
      "",
      "Settings are those of the model's run unless given."
    })
final class ReconstructCommand implements Callable<Integer> {
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
      names = "--images",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many images, spread over the data set. Default: ${DEFAULT-VALUE}.")
  int images;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "Where to draw; reconstructions.png beside the checkpoint unless given.")
  @Nullable Path out;

  ReconstructCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (images < 1) {
      throw MaeException.user("--images must be at least 1, got " + images);
    }
    Path file = out == null ? RunFolder.existing(checkpoint).reconstructions() : out;
    AtomicFile.requireWritable(file);
    Checkpoint model =
        Checkpoints.read(
            checkpoint,
            heads.hints(settings.given("input-size").orElse(null)),
            false,
            context.console()::note);
    Checkpoints.requireDecoder(checkpoint, model, "mae reconstruct");
    RunConfig config =
        settings.overlay(new ConfigLoader().tree(checkpoint.toString(), model.config())).load();
    Application application = context.start(common);
    ReconstructionPicture picture =
        application
            .get(Reconstructions.class)
            .run(
                application
                    .get(Models.class)
                    .load(checkpoint, model, config, context.console()::note),
                images);
    picture.write(file);
    RunFolder.existing(file).write(beside(file), ConfigYaml.write(config));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("picture", file.toString());
    tree.put("images", picture.images().size());
    tree.put("hidden_mse", picture.hiddenError());
    tree.put("hidden_psnr_db", picture.hiddenPsnr());
    context
        .console()
        .result(
            common.json
                ? Json.write(tree)
                : picture.caption() + System.lineSeparator() + "Drawn to " + file);
    return ExitCode.OK;
  }

  /** Where the effective configuration goes: a picture's name with another ending. */
  private static Path beside(Path picture) {
    String name = picture.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return picture.resolveSibling((dot < 1 ? name : name.substring(0, dot)) + ".yaml");
  }
}
