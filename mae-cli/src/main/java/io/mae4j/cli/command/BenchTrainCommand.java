package io.mae4j.cli.command;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.console.TreeText;
import io.mae4j.cli.run.TrainingBenchmark;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mae bench train}. */
@Command(
    name = "train",
    description = {
      "Measure pre-training steps on random images: images per second, time of a step beside what the matrix products alone would take, memory.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  mae bench train --model tiny --batch-size 128 --steps 10 --backend djl --json",
      "",
      "Images are 32 pixels in patches of 4 for tiny, 224 pixels otherwise, in 3 channels, unless given. Default of --steps here: 10."
    })
final class BenchTrainCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "3",
      description = "Steps before the measured ones. Default: ${DEFAULT-VALUE}.")
  int warmUp;

  BenchTrainCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (warmUp < 0) {
      throw MaeException.user("--warm-up must be at least 0, got " + warmUp);
    }
    RunConfig config = settings.overlay(new ConfigLoader()).load();
    Map<String, Object> tree =
        context.start(common).get(TrainingBenchmark.class).run(config, warmUp);
    context.console().result(common.json ? Json.line(tree) : TreeText.write(tree));
    return ExitCode.OK;
  }
}
