package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.ImageSize;
import io.mae4j.cli.config.ModelConfig;
import io.mae4j.cli.config.ModelSize;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.registry.Registry;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import io.mae4j.core.train.TrainingRun;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times pre-training steps on random images. */
public final class TrainingBenchmark {
  private static final long STEPS = 10;
  private static final ImageSize SMALL = new ImageSize(32, 32);
  private static final ImageSize PUBLISHED = new ImageSize(224, 224);
  private static final int CHANNELS = 3;

  private final Engines engines;
  private final Models models;
  private final Registry<MaskingStrategyProvider> maskings;

  /** Times what these make. */
  public TrainingBenchmark(
      Engines engines, Models models, Registry<MaskingStrategyProvider> maskings) {
    this.engines = engines;
    this.models = models;
    this.maskings = maskings;
  }

  /**
   * Times steps.
   *
   * @param warmUp steps before the measured ones
   * @return the figures as a tree: {@code images_per_s}, {@code ms_per_step} (mean), {@code
   *     ms_per_step_median}, {@code peak_rss_mb} of this process, and what they were measured with
   */
  public Map<String, Object> run(RunConfig config, int warmUp) {
    ModelConfig asked = config.model();
    ImageSize size = asked.inputSize().orElse(asked.size() == ModelSize.TINY ? SMALL : PUBLISHED);
    ImageSpec image =
        new ImageSpec(
            size.height(), size.width(), asked.channels().orElse(CHANNELS), asked.patchFor(size));
    MaskedAutoencoder model = models.create(asked, image);
    CompileOptions options = new CompileOptions(config.backend().precision());
    long steps = config.recipe().steps().orElse(STEPS);
    List<Long> nanos = new ArrayList<>();
    TrainingListener timer =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            if (report.step() > warmUp) {
              nanos.add(report.nanos());
            }
          }
        };
    try (Backend backend = engines.open(config.backend())) {
      double peakFlops = GemmRate.measure(backend, options);
      try (TrainingRun training =
          Pretraining.start(
              model,
              Recipes.of(config),
              maskings.get(config.masking().strategy()).create(),
              backend,
              options)) {
        training.run(
            new RandomImages(image, config.recipe().batchSize(), config.recipe().seed()),
            warmUp + steps,
            List.of(timer));
        return figures(config, backend, training.flopsPerStep(), peakFlops, nanos);
      }
    }
  }

  private static Map<String, Object> figures(
      RunConfig config, Backend backend, double flops, double peakFlops, List<Long> nanos) {
    double seconds = nanos.stream().mapToLong(Long::longValue).sum() / 1e9 / nanos.size();
    double median = nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e6;
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("engine", backend.name());
    tree.put("engine_version", backend.version());
    tree.put("device", backend.device().description());
    tree.put("precision", config.backend().precision().name().toLowerCase(Locale.ROOT));
    tree.put("model", config.model().size().name().toLowerCase(Locale.ROOT));
    tree.put("batch_size", config.recipe().batchSize());
    tree.put("steps", nanos.size());
    tree.put("images_per_s", rounded(config.recipe().effectiveBatch() / seconds));
    tree.put("ms_per_step", rounded(seconds * 1e3));
    tree.put("ms_per_step_median", significant(median));
    tree.put("gflop_per_step", significant(flops / 1e9));
    tree.put("gflops", rounded(flops / seconds / 1e9));
    tree.put("gemm_gflops", rounded(peakFlops / 1e9));
    tree.put("mfu_percent", rounded(100 * flops / seconds / peakFlops));
    tree.put("peak_rss_mb", ProcessMemory.peakMegabytes().orElse(-1));
    return tree;
  }

  /** Four digits, so that small and large models can be compared by them. */
  private static double significant(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
