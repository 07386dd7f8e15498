package io.mae4j.data.batch;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.PixelImage;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every image once, in the data set's order, not augmented; the last batch may be smaller. Damaged
 * images are left out, which makes their batch smaller; of a batch that is damaged as a whole,
 * nothing comes.
 */
final class EvaluationBatches implements BatchMaker {
  private final ImageReader reader;
  private final PipelineConfig config;

  EvaluationBatches(ImageReader reader, PipelineConfig config) {
    this.reader = reader;
    this.config = config;
  }

  @Override
  public int batchesFrom(int firstImage) {
    int left = reader.dataset().size() - firstImage;
    return left == 0 ? 0 : (left - 1) / config.batchSize() + 1;
  }

  @Override
  public int[] order(int epoch) {
    int[] order = new int[reader.dataset().size()];
    Arrays.setAll(order, i -> i);
    return order;
  }

  @Override
  public Optional<Batch> make(int epoch, int[] order, int firstImage, Worker worker) {
    int end = Math.min(order.length, firstImage + config.batchSize());
    float[] images = worker.images();
    int values = worker.transform().values();
    int[] indices = new int[end - firstImage];
    int[] labels = new int[end - firstImage];
    int size = 0;
    for (int i = firstImage; i < end; i++) {
      worker.requireWanted();
      Optional<PixelImage> image = reader.read(order[i], worker);
      if (image.isPresent()) {
        worker.transform().evaluate(image.get(), images, size * values);
        indices[size] = order[i];
        labels[size] = reader.dataset().label(order[i]);
        size++;
      }
    }
    if (size == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Batch(
            config.image().height(),
            config.image().width(),
            config.image().channels(),
            epoch,
            size * values == images.length ? images : Arrays.copyOf(images, size * values),
            Arrays.copyOf(indices, size),
            Arrays.copyOf(labels, size)));
  }
}
