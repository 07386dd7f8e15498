package io.mae4j.cli.run;

import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.ModelSize;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an encoder that sees no mask tokens, and a small decoder, save: times of a training step on
 * one engine, beside the speed-ups of He et al. 2021, table 2. That table divides hours of whole
 * trainings on 128 TPU cores; here steps are divided.
 */
public final class AsymmetryBenchmark {
  /** Settings that hold unless given. */
  public static final String DEFAULTS = "model: large\nbatch-size: 4\nsteps: 3\n";

  private static final String MS = "ms_per_step_median";
  private static final String GFLOP = "gflop_per_step";

  private final TrainingBenchmark benchmark;
  private final Console console;

  private enum Variant {
    WITH_MASK_TOKENS(true, 8, 1, 1),
    WITHOUT(false, 8, 2.8, 3.5),
    WITHOUT_AND_SMALL_DECODER(false, 1, 3.7, 4.1);

    private final boolean maskTokens;
    private final int decoderDepth;
    private final double publishedLarge;
    private final double publishedHuge;

    Variant(boolean maskTokens, int decoderDepth, double publishedLarge, double publishedHuge) {
      this.maskTokens = maskTokens;
      this.decoderDepth = decoderDepth;
      this.publishedLarge = publishedLarge;
      this.publishedHuge = publishedHuge;
    }

    Optional<Double> published(ModelSize size) {
      return switch (size) {
        case LARGE -> Optional.of(publishedLarge);
        case HUGE -> Optional.of(publishedHuge);
        case TINY, SMALL, BASE -> Optional.empty();
      };
    }
  }

  /** Times what this benchmark times. */
  public AsymmetryBenchmark(TrainingBenchmark benchmark, Console console) {
    this.benchmark = benchmark;
    this.console = console;
  }

  /**
   * Times the variants one after the other.
   *
   * @param settings what all of them are told, overlaid anew at each call
   * @param warmUp steps before the measured ones
   * @return what was measured with, and {@code variants}: encoder, decoder depth, time and
   *     operations of a step, speed-ups in both, and the published one where there is one
   */
  public Map<String, Object> run(Supplier<ConfigLoader> settings, int warmUp) {
    Map<String, Object> tree = new LinkedHashMap<>();
    List<Map<String, Object>> variants = new ArrayList<>();
    double firstMillis = 0;
    double firstGflop = 0;
    for (Variant variant : Variant.values()) {
      RunConfig config =
          settings
              .get()
              .tree(
                  "asymmetry",
                  Map.of(
                      "encoder-mask-tokens", variant.maskTokens,
                      "decoder-depth", variant.decoderDepth))
              .load();
      console.note(
          String.format(
              Locale.ROOT,
              "%d of %d: encoder %s mask tokens, decoder depth %d …",
              variants.size() + 1,
              Variant.values().length,
              variant.maskTokens ? "with" : "without",
              variant.decoderDepth));
      Map<String, Object> figures = benchmark.run(config, warmUp);
      double millis = number(figures, MS);
      double gflop = number(figures, GFLOP);
      if (variants.isEmpty()) {
        for (String key :
            List.of(
                "engine",
                "engine_version",
                "device",
                "precision",
                "model",
                "batch_size",
                "steps")) {
          tree.put(key, figures.getOrDefault(key, ""));
        }
        tree.put("mask_ratio", config.masking().ratio());
        firstMillis = millis;
        firstGflop = gflop;
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("encoder_mask_tokens", variant.maskTokens);
      row.put("decoder_depth", variant.decoderDepth);
      row.put(MS, millis);
      row.put(GFLOP, gflop);
      row.put("speed_up", rounded(firstMillis / millis));
      row.put("fewer_operations", rounded(firstGflop / gflop));
      variant
          .published(config.model().size())
          .ifPresent(published -> row.put("published_speed_up", published));
      variants.add(row);
    }
    tree.put("variants", variants);
    return tree;
  }

  private static double number(Map<String, Object> figures, String key) {
    return ((Number) figures.getOrDefault(key, Double.NaN)).doubleValue();
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
