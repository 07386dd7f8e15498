package io.mae4j.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mae evaluate knn}. */
@Command(
    name = "knn",
    description = {
      "Classify test images by their nearest training images, in the space of the frozen features.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  mae evaluate knn runs/sample-tiny-1",
      "  mae evaluate knn runs/sample-tiny-1 --label-fraction 0.01 --k 10",
      "",
      "Settings are those of the model's run unless given. The result is also written beside the checkpoint."
    })
final class KnnCommand implements Callable<Integer> {
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
      names = "--k",
      paramLabel = "N",
      description = "How many training images vote. Default: 20.")
  @Nullable String k;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      description =
          "Votes weigh exp(similarity / temperature); the lower, the more the nearest count. Default: 0.07.")
  @Nullable String temperature;

  KnnCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    Map<String, String> options = new LinkedHashMap<>();
    if (k != null) {
      options.put("k", k);
    }
    if (temperature != null) {
      options.put("temperature", temperature);
    }
    return new FrozenFeatures(context, common, settings, heads).measure(checkpoint, "knn", options);
  }
}
