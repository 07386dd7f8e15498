package io.mae4j.data.batch;

import static java.util.Objects.requireNonNull;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.error.MaeException;
import java.util.function.Function;

/**
 * Batches of a data set, prepared ahead on worker threads. What is in a batch depends on the seed,
 * the epoch and the batch's number alone. A damaged image is never used: it is reported once,
 * counted and, in training, replaced by the next readable one in the data set's order; in
 * evaluation its batch is smaller, or left out if nothing remains of it. When more than a tenth of
 * the images (and more than one) turn out damaged, or all of them, the stream fails.
 */
public final class PrefetchingBatchSource implements BatchSource {
  private final BatchMaker maker;
  private final PipelineConfig config;
  private final ImageReader reader;

  private PrefetchingBatchSource(BatchMaker maker, PipelineConfig config, ImageReader reader) {
    this.maker = maker;
    this.config = config;
    this.reader = reader;
  }

  /**
   * For learning: shuffled anew each epoch, augmented if the configuration says so, the last
   * incomplete batch dropped.
   *
   * @param dataset the images
   * @param config how to prepare them
   * @param listener hears of damaged images
   * @throws MaeException of kind USER if a batch is larger than the data set
   */
  public static PrefetchingBatchSource training(
      Dataset dataset, PipelineConfig config, DamageListener listener) {
    ImageReader reader = new ImageReader(dataset, listener);
    return new PrefetchingBatchSource(new TrainingBatches(reader, config), config, reader);
  }

  /**
   * For measuring: every image once, in the data set's order, not augmented; the last batch may be
   * smaller.
   *
   * @param dataset the images
   * @param config how to prepare them
   * @param listener hears of damaged images
   */
  public static PrefetchingBatchSource evaluation(
      Dataset dataset, PipelineConfig config, DamageListener listener) {
    ImageReader reader = new ImageReader(dataset, listener);
    return new PrefetchingBatchSource(new EvaluationBatches(reader, config), config, reader);
  }

  @Override
  public int imagesPerEpoch() {
    return reader.dataset().size();
  }

  @Override
  public int batchesPerEpoch() {
    return maker.batchesFrom(0);
  }

  @Override
  public <T> BatchStream<T> epoch(int epoch, int firstImage, Function<Batch, T> prepare) {
    if (epoch < 0 || firstImage < 0 || firstImage > imagesPerEpoch()) {
      throw new IllegalArgumentException(
          "epoch " + epoch + ", image " + firstImage + " of " + imagesPerEpoch());
    }
    int[] order = maker.order(epoch);
    return PrefetchingStream.start(
        0,
        maker.batchesFrom(firstImage),
        config.threads(),
        stopped -> {
          Worker worker = Worker.of(config, stopped);
          return batch ->
              maker
                  .make(epoch, order, firstImage + batch * config.batchSize(), worker)
                  .map(
                      made -> {
                        worker.requireWanted();
                        return requireNonNull(
                            prepare.apply(made), "a batch was prepared to nothing");
                      });
        });
  }

  /** How many different images were found damaged so far. */
  public int damagedCount() {
    return reader.damagedCount();
  }
}
