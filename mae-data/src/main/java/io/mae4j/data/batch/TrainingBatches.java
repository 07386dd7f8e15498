package io.mae4j.data.batch;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import io.mae4j.data.augment.Augmentation;
import io.mae4j.data.image.ImageTransform;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Shuffled, augmented batches, all of the same size; the images left over at the end of an epoch
 * are dropped. A damaged image is replaced by the next readable one in the data set's order.
 */
final class TrainingBatches implements BatchMaker {
  private final ImageReader reader;
  private final PipelineConfig config;
  private final Randomness randomness;
  private final int[] fill;

  TrainingBatches(ImageReader reader, PipelineConfig config) {
    if (reader.dataset().size() < config.batchSize()) {
      throw MaeException.user(
          "batch size "
              + config.batchSize()
              + " is larger than the data set "
              + reader.dataset().name()
              + " of "
              + reader.dataset().size()
              + " images");
    }
    this.reader = reader;
    this.config = config;
    this.randomness = new Randomness(config.seed());
    this.fill = config.normalization().meanSamples();
  }

  @Override
  public int batchesFrom(int firstImage) {
    return (reader.dataset().size() - firstImage) / config.batchSize();
  }

  @Override
  public int[] order(int epoch) {
    Draws random = randomness.draws("shuffle", epoch, 0);
    int[] order = new int[reader.dataset().size()];
    for (int i = 0; i < order.length; i++) {
      // Fisher-Yates from the front, filling as it goes.
      int place = random.below(i + 1);
      order[i] = order[place];
      order[place] = i;
    }
    return order;
  }

  @Override
  public Optional<Batch> make(int epoch, int[] order, int firstImage, Worker worker) {
    int size = config.batchSize();
    ImageTransform transform = worker.transform();
    float[] images = worker.images();
    int[] indices = new int[size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      worker.requireWanted();
      ImageReader.Found found = reader.readOrNext(order[firstImage + i], worker);
      indices[i] = found.index();
      labels[i] = reader.dataset().label(found.index());
      prepare(found, epoch, transform, images, i * transform.values());
    }
    return Optional.of(
        new Batch(
            config.image().height(),
            config.image().width(),
            config.image().channels(),
            epoch,
            images,
            indices,
            labels));
  }

  private void prepare(
      ImageReader.Found found, int epoch, ImageTransform transform, float[] images, int offset) {
    if (config.augmentation().isEmpty()) {
      transform.evaluate(found.image(), images, offset);
      return;
    }
    Augmentation augmentation = config.augmentation().get();
    UnaryOperator<PixelImage> distortion =
        augmentation
            .randAugment()
            .<UnaryOperator<PixelImage>>map(
                change -> image -> change.apply(image, fill, random("randaugment", epoch, found)))
            .orElse(UnaryOperator.identity());
    transform.augment(
        found.image(),
        augmentation.crop(),
        random("crop", epoch, found),
        augmentation.flipProbability(),
        random("flip", epoch, found),
        distortion,
        images,
        offset);
    augmentation
        .erasing()
        .apply(
            images,
            offset,
            config.image().channels(),
            config.image().height(),
            config.image().width(),
            random("erase", epoch, found));
  }

  private Draws random(String purpose, int epoch, ImageReader.Found found) {
    return randomness.draws(purpose, epoch, found.index());
  }
}
