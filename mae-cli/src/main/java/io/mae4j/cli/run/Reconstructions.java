package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.MaskingStrategyProvider;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.random.Randomness;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.core.infer.Reconstructor;
import io.mae4j.core.registry.Registry;
import io.mae4j.data.dataset.LimitedDataset;
import io.mae4j.eval.picture.Rebuilding;
import io.mae4j.eval.picture.ReconstructionPicture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rebuilds images that a model sees only in part. */
public final class Reconstructions {
  /** Images of a run's picture. */
  public static final int SHOWN = 8;

  private final Engines engines;
  private final Datasets datasets;
  private final Registry<MaskingStrategyProvider> maskings;
  private final Console console;

  /** Rebuilds with what these know. */
  public Reconstructions(
      Engines engines,
      Datasets datasets,
      Registry<MaskingStrategyProvider> maskings,
      Console console) {
    this.engines = engines;
    this.datasets = datasets;
    this.maskings = maskings;
    this.console = console;
  }

  /**
   * Rebuilds images spread over the test images, or over the training images where there are no
   * others.
   *
   * @param count how many, at most as many as there are
   */
  public ReconstructionPicture run(TrainedModel trained, int count) {
    RunConfig config = trained.config();
    ImageSpec image = trained.image();
    Dataset data = LimitedDataset.of(datasets.openToShow(config.data()), count);
    PatchGrid grid = image.grid();
    double ratio = config.masking().ratio();
    MaskingStrategy masking = maskings.get(config.masking().strategy()).create();
    Randomness randomness = new Randomness(config.recipe().seed());
    CompileOptions options = new CompileOptions(config.backend().precision());
    Batch batch = first(Batches.whole(data, image, config, data.size(), console));
    try (Backend backend = engines.open(config.backend());
        Reconstructor reconstructor =
            new Reconstructor(
                backend,
                options,
                trained.model(),
                trained.values(),
                batch.size(),
                grid.visible(ratio))) {
      List<Mask> masks = new ArrayList<>();
      for (int index : batch.indices()) {
        masks.add(masking.draw(grid, ratio, randomness.draws("reconstruct", 0, index)));
      }
      Rebuilding rebuilding =
          new Rebuilding(image, Batches.scale(image, config), config.model().normPixLoss());
      String description =
          String.format(
              Locale.ROOT,
              "%s, %d of %d patches hidden (%s).",
              config.data().location(),
              grid.patches() - grid.visible(ratio),
              grid.patches(),
              config.masking().strategy());
      return new ReconstructionPicture(
          rebuilding.apply(batch, masks, reconstructor.reconstruct(batch, masks).pred()),
          config.model().normPixLoss(),
          description);
    }
  }

  private static Batch first(BatchSource source) {
    try (BatchStream<Batch> stream = source.epoch(0, 0, Batch::copy)) {
      return stream.next();
    }
  }
}
