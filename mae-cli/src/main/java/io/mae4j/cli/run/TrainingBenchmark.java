package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.progress.Figures;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.registry.Registry;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import io.mae4j.core.train.TrainingRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times pre-training steps on random images. */
public final class TrainingBenchmark {
  private static final long STEPS = 10;
  private static final long MIB = 1L << 20;

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
   * @return the figures as a tree: {@code images_per_s_median} and {@code ms_per_step_median} with
   *     the 10th and 90th percentile, {@code gflop_per_step} counted from the graph as it was asked
   *     for, {@code gemm_gflops} measured before and after the steps (the better one), {@code
   *     gemm_fraction} of it that the median step reached, {@code first_step_s} since the process
   *     started, {@code peak_rss_mb} of the process, how much of it the training added beside how
   *     much was forecast, and what they were measured with
   */
  public Map<String, Object> run(RunConfig config, int warmUp) {
    ImageSpec image = BenchmarkImages.of(config.model());
    MaskedAutoencoder model = models.create(config.model(), image);
    CompileOptions options = new CompileOptions(config.backend().precision());
    long steps = config.recipe().steps().orElse(STEPS);
    Timer timer = new Timer(warmUp);
    MemoryForecast forecast = MemoryForecast.of(model, config);
    try (Backend backend = engines.open(config.backend())) {
      double rateBefore = GemmRate.measure(backend, options);
      long memoryBefore = forecast.require(backend);
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
        double peakFlops = Math.max(rateBefore, GemmRate.measure(backend, options));
        Map<String, Object> tree =
            figures(config, backend, training.flopsPerStep(), peakFlops, timer);
        int peak = ProcessMemory.peakMegabytes().orElse(-1);
        tree.put("peak_rss_mb", peak);
        tree.put("memory_growth_mb", peak - memoryBefore / MIB);
        tree.put("memory_forecast_mb", forecast.bytes(backend) / MIB);
        return tree;
      }
    }
  }

  /** Notes the time of each step, and when the first one was finished. */
  private static final class Timer implements TrainingListener {
    private final int warmUp;
    private final List<Long> nanos = new ArrayList<>();
    private double firstStepSeconds;

    Timer(int warmUp) {
      this.warmUp = warmUp;
    }

    @Override
    public void onStep(StepReport report) {
      if (report.step() == 1) {
        firstStepSeconds = secondsSinceStart();
      }
      if (report.step() > warmUp) {
        nanos.add(report.nanos());
      }
    }

    private static double secondsSinceStart() {
      Instant now = Instant.now();
      Instant start = ProcessHandle.current().info().startInstant().orElse(now);
      return Duration.between(start, now).toNanos() / 1e9;
    }
  }

  private static Map<String, Object> figures(
      RunConfig config, Backend backend, double flops, double peakFlops, Timer timer) {
    Percentiles nanos = Percentiles.of(timer.nanos);
    double median = nanos.median() / 1e9;
    int images = config.recipe().effectiveBatch();
    Map<String, Object> tree = new LinkedHashMap<>(Setting.of(config, backend));
    tree.put("batch_size", config.recipe().batchSize());
    tree.put("mask_ratio", config.masking().ratio());
    tree.put("steps", timer.nanos.size());
    tree.put("images_per_s_median", Figures.significant(images / median));
    tree.put("images_per_s", Figures.significant(images * 1e9 / nanos.mean()));
    tree.put("ms_per_step_median", Figures.significant(median * 1e3));
    tree.put("ms_per_step_p10", Figures.significant(nanos.at(0.1) / 1e6));
    tree.put("ms_per_step_p90", Figures.significant(nanos.at(0.9) / 1e6));
    tree.put("gflop_per_step", Figures.significant(flops / 1e9));
    tree.put("gflops", rounded(flops / median / 1e9));
    tree.put("gemm_gflops", rounded(peakFlops / 1e9));
    tree.put("gemm_fraction", Math.round(1000 * flops / median / peakFlops) / 1000.0);
    tree.put("first_step_s", Math.round(timer.firstStepSeconds * 100) / 100.0);
    return tree;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
