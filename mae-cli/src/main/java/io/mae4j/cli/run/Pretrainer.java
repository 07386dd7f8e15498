package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.progress.MetricsFile;
import io.mae4j.core.checkpoint.CheckpointFile;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.registry.Registry;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.Recipe;
import io.mae4j.core.train.TrainingListener;
import io.mae4j.core.train.TrainingRun;
import io.mae4j.data.batch.PrefetchingBatchSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Pre-trains into a run folder. */
public final class Pretrainer {
  private final Engines engines;
  private final Models models;
  private final Datasets datasets;
  private final Registry<MaskingStrategyProvider> maskings;
  private final Console console;

  /**
   * What a run came to.
   *
   * @param folder where it is
   * @param config what it was told, with everything spelt out
   * @param checkpoint its last state
   * @param loss mean loss of the last epoch
   * @param seconds wall-clock time of the training itself
   * @param flopsPerStep floating-point operations of a step
   * @param interrupted whether somebody stopped it
   */
  public record Outcome(
      RunFolder folder,
      RunConfig config,
      Checkpoint checkpoint,
      double loss,
      double seconds,
      double flopsPerStep,
      boolean interrupted) {

    /** The model with its values. */
    public TrainedModel trained(Models models) {
      return models.load(config, checkpoint.model());
    }

    /** This as a tree, for JSON. */
    public Map<String, Object> tree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("run", folder.path().toString());
      tree.put("checkpoint", folder.checkpoint().toString());
      tree.put("engine", config.backend().engine().orElse(""));
      tree.put("epochs", checkpoint.progress().epoch());
      tree.put("steps", checkpoint.progress().step());
      tree.put("loss", loss);
      tree.put("train_seconds", Math.round(seconds * 10) / 10.0);
      tree.put("interrupted", interrupted);
      return tree;
    }
  }

  /** Trains with what these know. */
  public Pretrainer(
      Engines engines,
      Models models,
      Datasets datasets,
      Registry<MaskingStrategyProvider> maskings,
      Console console) {
    this.engines = engines;
    this.models = models;
    this.datasets = datasets;
    this.maskings = maskings;
    this.console = console;
  }

  /**
   * Trains.
   *
   * @param asked what the run is told
   * @param resumed the folder of the run to go on with
   */
  public Outcome run(RunConfig asked, Optional<RunFolder> resumed) {
    try (RunLock lock = new RunLock()) {
      resumed.map(RunFolder::path).ifPresent(lock::take);
      return run(asked, resumed, lock);
    }
  }

  private Outcome run(RunConfig asked, Optional<RunFolder> resumed, RunLock lock) {
    Dataset data = datasets.open(asked.data(), DatasetRequest.Split.TRAIN);
    ImageSpec image = ImageChoice.of(asked.model(), data);
    RunConfig config = asked.resolved(image, engines.choose(asked.backend()).name());
    MaskedAutoencoder model = models.create(config.model(), image);
    MaskingStrategy masking = maskings.get(config.masking().strategy()).create();
    Recipe recipe = Recipes.of(config);
    CompileOptions options = new CompileOptions(config.backend().precision());
    PrefetchingBatchSource source = Batches.training(data, image, config, console);
    Optional<Checkpoint> before = resumed.flatMap(this::saved);
    try (EngineStart start = engines.start(config.backend())) {
      MemoryForecast forecast = MemoryForecast.ofRun(model, config);
      Checkpoint begin = before.orElseGet(() -> Pretraining.first(model, recipe));
      Backend backend = start.backend();
      forecast.require(backend);
      try (TrainingRun training =
          Pretraining.resume(model, recipe, masking, backend, options, begin)) {
        training.stepsPerEpoch(source);
        RunFolder folder = resumed.orElseGet(() -> folder(config, lock));
        folder.write(folder.config(), ConfigYaml.write(config));
        Map<String, String> provenance = Provenance.of(config, data, backend);
        describe(config, data, model, backend, folder, training);
        before.ifPresent(
            checkpoint -> Provenance.compare(checkpoint.provenance(), provenance, console));
        return train(
            folder, config, source, training, provenance, () -> GemmRate.measure(backend, options));
      }
    }
  }

  private Optional<Checkpoint> saved(RunFolder folder) {
    if (!Files.exists(folder.checkpoint())) {
      console.note(folder.path() + " holds no checkpoint yet; starting from the beginning");
      return Optional.empty();
    }
    return Optional.of(CheckpointFile.read(folder.checkpoint()));
  }

  private Outcome train(
      RunFolder folder,
      RunConfig config,
      BatchSource source,
      TrainingRun training,
      Map<String, String> provenance,
      DoubleSupplier peakFlops) {
    Supplier<Checkpoint> checkpoint =
        () -> training.checkpoint(ConfigYaml.tree(config), provenance);
    TrainingLoop.Ended ended =
        new TrainingLoop(
                folder,
                config,
                training,
                new CheckpointWriter(checkpoint),
                "mae pretrain --resume",
                console)
            .run(source, peakFlops, progress -> new TrainingListener() {});
    return new Outcome(
        folder,
        config,
        checkpoint.get(),
        MetricsFile.lastEpochLoss(MetricsFile.read(folder.metrics())),
        ended.seconds(),
        training.flopsPerStep(),
        ended.interrupted());
  }

  /** The given folder, or a new one that is named after the data and the model. */
  private static RunFolder folder(RunConfig config, RunLock lock) {
    if (config.output().out().isPresent()) {
      return RunFolder.create(Path.of(config.output().out().get()), lock);
    }
    Path data = Path.of(config.data().location()).toAbsolutePath().normalize().getFileName();
    return RunFolder.next(
        (data == null ? "images" : data)
            + "-"
            + config.model().size().name().toLowerCase(Locale.ROOT),
        lock);
  }

  private void describe(
      RunConfig config,
      Dataset data,
      MaskedAutoencoder model,
      Backend backend,
      RunFolder folder,
      TrainingRun training) {
    ImageSpec image = model.image();
    long parameters = ParameterSpec.sizeOf(model.parameters());
    console.note(
        String.format(
            Locale.ROOT,
            "Data      %s: %,d images, used as %d×%d×%d in patches of %d",
            data.name(),
            data.size(),
            image.height(),
            image.width(),
            image.channels(),
            image.patch()));
    Batches.noteLeftOver(data.size(), config, console);
    console.note(
        String.format(
            Locale.ROOT,
            "Model     %s: %,d parameters, %d of %d patches hidden (%s), %.1f GFLOP a step",
            config.model().size().name().toLowerCase(Locale.ROOT),
            parameters,
            image.grid().patches() - image.grid().visible(config.masking().ratio()),
            image.grid().patches(),
            config.masking().strategy(),
            training.flopsPerStep() / 1e9));
    Engines.lines(backend, config.backend()).forEach(console::note);
    console.note(
        "Run       "
            + folder.path()
            + (training.progress().step() > 0
                ? ", goes on after step " + training.progress().step()
                : ""));
  }
}
