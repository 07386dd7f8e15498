package io.mae4j.cli.command;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.AsymmetryBenchmark;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mae bench asymmetry}. */
@Command(
    name = "asymmetry",
    description = {
      "Time a training step with and without mask tokens in the encoder, with a decoder of 8 blocks and of 1, beside the published speed-ups.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  mae bench asymmetry --model large --batch-size 4",
      "  mae bench asymmetry --model base --batch-size 8 --steps 10 --backend nd4j --json",
      "",
      "Images are 32 pixels in patches of 4 for tiny, 224 pixels otherwise, in 3 channels, unless given. The published speed-ups (He et al.",
      "2021, table 2) are of large and huge, hours of training on 128 TPU cores with large batches, where the optimizer costs little."
    })
final class BenchAsymmetryCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "2",
      description = "Steps before the measured ones. Default: ${DEFAULT-VALUE}.")
  int warmUp;

  BenchAsymmetryCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (warmUp < 0) {
      throw MaeException.user("--warm-up must be at least 0, got " + warmUp);
    }
    Map<String, Object> tree =
        context
            .start(common)
            .get(AsymmetryBenchmark.class)
            .run(
                () ->
                    settings.overlay(
                        new ConfigLoader().yaml("asymmetry", AsymmetryBenchmark.DEFAULTS)),
                warmUp);
    context.console().result(common.json ? Json.write(tree) : table(tree));
    return ExitCode.OK;
  }

  private static String table(Map<String, Object> tree) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, batches of %s, %s hidden, %s on %s, %s%n%n",
            tree.get("model"),
            tree.get("batch_size"),
            tree.get("mask_ratio"),
            tree.get("engine"),
            tree.get("device"),
            tree.get("precision")));
    text.append(
        String.format(
            Locale.ROOT,
            "%-20s %13s %12s %12s %9s %10s%n",
            "encoder",
            "decoder depth",
            "ms/step",
            "GFLOP/step",
            "speed-up",
            "published"));
    for (Object entry : (List<?>) tree.getOrDefault("variants", List.of())) {
      Map<?, ?> row = (Map<?, ?>) entry;
      Object published = row.get("published_speed_up");
      text.append(
          String.format(
              Locale.ROOT,
              "%-20s %13s %12s %12s %8sx %10s%n",
              Boolean.TRUE.equals(row.get("encoder_mask_tokens"))
                  ? "with mask tokens"
                  : "without mask tokens",
              row.get("decoder_depth"),
              row.get("ms_per_step_median"),
              row.get("gflop_per_step"),
              row.get("speed_up"),
              published == null ? "-" : published + "x"));
    }
    return text.toString().stripTrailing();
  }
}
