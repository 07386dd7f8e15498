package io.mae4j.cli.run;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The same batch of noise again and again, so that nothing but the training is measured. */
final class RandomImages implements BatchSource {
  private static final int UNLABELLED = -1;

  private final ImageSpec image;
  private final float[] values;
  private final int[] indices;
  private final int[] labels;

  RandomImages(ImageSpec image, int batchSize, long seed) {
    this.image = image;
    this.values = new float[batchSize * image.channels() * image.height() * image.width()];
    Draws random = new Randomness(seed).draws("bench", 0, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.gaussian();
    }
    this.indices = IntStream.range(0, batchSize).toArray();
    this.labels = new int[batchSize];
    Arrays.fill(labels, UNLABELLED);
  }

  @Override
  public int imagesPerEpoch() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int batchesPerEpoch() {
    return Integer.MAX_VALUE;
  }

  @Override
  public <T> BatchStream<T> epoch(int epoch, int firstImage, Function<Batch, T> prepare) {
    T prepared =
        prepare.apply(
            new Batch(
                image.height(), image.width(), image.channels(), epoch, values, indices, labels));
    return new BatchStream<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public T next() {
        return prepared;
      }

      @Override
      public void close() {}
    };
  }
}
