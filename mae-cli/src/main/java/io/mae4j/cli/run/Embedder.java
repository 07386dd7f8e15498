package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.console.StatusLine;
import io.mae4j.core.infer.FeatureExtractor;
import io.mae4j.core.model.Pool;
import io.mae4j.eval.features.Embeddings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Encodes whole data sets, nothing hidden. */
public final class Embedder {
  private static final int BATCH = 100;

  private final Engines engines;
  private final Datasets datasets;
  private final Console console;

  /** Encodes with what these know. */
  public Embedder(Engines engines, Datasets datasets, Console console) {
    this.engines = engines;
    this.datasets = datasets;
    this.console = console;
  }

  /**
   * Encodes every image of a data set, in its order; damaged ones are named and left out.
   *
   * @param pool how the tokens of an image become one vector
   */
  public Embeddings run(TrainedModel trained, Split split, Pool pool) {
    RunConfig config = trained.config();
    Dataset data = datasets.open(config.data(), split);
    int batchSize = Math.min(BATCH, data.size());
    List<String> ids = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (StatusLine status = new StatusLine(console, System::nanoTime);
        Backend backend = engines.open(config.backend());
        FeatureExtractor extractor =
            new FeatureExtractor(
                backend,
                new CompileOptions(config.backend().precision()),
                trained.model().encoder(),
                trained.values(),
                pool,
                batchSize);
        BatchStream<Batch> batches =
            Batches.whole(data, trained.image(), config, batchSize, console)
                .epoch(0, 0, Batch::copy)) {
      int width = extractor.width();
      float[] values = new float[Math.multiplyExact(data.size(), width)];
      while (batches.hasNext()) {
        Batch batch = batches.next();
        float[] rows = extractor.extract(batch.images(), batch.size());
        System.arraycopy(rows, 0, values, ids.size() * width, rows.length);
        for (int i = 0; i < batch.size(); i++) {
          ids.add(data.id(batch.indices()[i]));
          labels.add(batch.labels()[i]);
        }
        int done = ids.size();
        status.show(
            done == data.size(),
            () -> String.format(Locale.ROOT, "encoded %,d of %,d images", done, data.size()));
      }
      return new Embeddings(width, Arrays.copyOf(values, ids.size() * width), ids, labels);
    }
  }
}
