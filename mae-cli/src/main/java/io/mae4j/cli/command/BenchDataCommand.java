package io.mae4j.cli.command;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.console.TreeText;
import io.mae4j.cli.run.DataBenchmark;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mae bench data}. */
@Command(
    name = "data",
    description = {
      "Measure the input pipeline alone: images per second of decoding, of cropping and resizing, and of the whole chain to patches.",
      ""
    },
    footer = {"", "Example:", "  mae bench data --data photos --num-workers 1 --json"})
final class BenchDataCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Measured passes over the images, after one that is not; the figures are their medians. Default: ${DEFAULT-VALUE}.")
  int passes;

  @Option(
      names = "--crops",
      paramLabel = "FILE",
      description =
          "Measure nothing, but write which rectangle of each image the first epoch takes, to measure another program with.")
  @Nullable Path crops;

  BenchDataCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (passes < 1) {
      throw MaeException.user("--passes must be at least 1, got " + passes);
    }
    RunConfig config = settings.overlay(new ConfigLoader()).load();
    DataBenchmark benchmark = context.start(common).get(DataBenchmark.class);
    if (crops != null) {
      benchmark.writeCrops(config, crops);
      return ExitCode.OK;
    }
    Map<String, Object> tree = benchmark.run(config, passes);
    context.console().result(common.json ? Json.line(tree) : TreeText.write(tree));
    return ExitCode.OK;
  }
}
