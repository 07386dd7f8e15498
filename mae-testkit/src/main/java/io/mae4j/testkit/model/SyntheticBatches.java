package io.mae4j.testkit.model;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Small pictures that can be learnt: each is a plane wave of random direction and phase. A picture
 * depends on its epoch and index alone, so that two batch sizes cut the same sequence.
 */
public record SyntheticBatches(int side, int batchSize, int images) implements BatchSource {

  @Override
  public int imagesPerEpoch() {
    return images;
  }

  @Override
  public int batchesPerEpoch() {
    return images / batchSize;
  }

  @Override
  public <T> BatchStream<T> epoch(int epoch, int firstImage, Function<Batch, T> prepare) {
    return new BatchStream<>() {
      private int image = firstImage;

      @Override
      public boolean hasNext() {
        return image + batchSize <= images;
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch has " + batchesPerEpoch() + " batches");
        }
        Batch batch = batch(epoch, image);
        image += batchSize;
        return prepare.apply(batch);
      }

      @Override
      public void close() {}
    };
  }

  private Batch batch(int epoch, int first) {
    float[] values = new float[batchSize * side * side];
    int[] indices = new int[batchSize];
    int[] labels = new int[batchSize];
    for (int b = 0; b < batchSize; b++) {
      indices[b] = first + b;
      labels[b] = Dataset.UNLABELLED;
      Draws random = new Randomness(5).draws("wave", epoch, indices[b]);
      double down = random.unit() - 0.5;
      double across = random.unit() - 0.5;
      double phase = random.unit() * 2 * Math.PI;
      for (int pixel = 0; pixel < side * side; pixel++) {
        int row = pixel / side;
        int column = pixel % side;
        double angle = phase + down * row + across * column;
        values[b * side * side + pixel] = (float) Math.sin(angle);
      }
    }
    return new Batch(side, side, 1, epoch, values, indices, labels);
  }
}
