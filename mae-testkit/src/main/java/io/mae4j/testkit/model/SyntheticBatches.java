package io.mae4j.testkit.model;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.random.Randomness;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Small pictures that can be learnt: each is a plane wave of random direction and phase. A picture
 * depends on its epoch and index alone, so that two batch sizes cut the same sequence.
 */
public record SyntheticBatches(int side, int batchSize, int images) implements BatchSource {

  @Override
  public int batchesPerEpoch() {
    return images / batchSize;
  }

  @Override
  public <T> BatchStream<T> epoch(int epoch, int firstBatch, Function<Batch, T> prepare) {
    return new BatchStream<>() {
      private int batch = firstBatch;

      @Override
      public boolean hasNext() {
        return batch < batchesPerEpoch();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException("the epoch has " + batchesPerEpoch() + " batches");
        }
        return prepare.apply(batch(epoch, batch++));
      }

      @Override
      public void close() {}
    };
  }

  private Batch batch(int epoch, int number) {
    float[] values = new float[batchSize * side * side];
    int[] indices = new int[batchSize];
    int[] labels = new int[batchSize];
    for (int b = 0; b < batchSize; b++) {
      indices[b] = number * batchSize + b;
      labels[b] = Dataset.UNLABELLED;
      RandomGenerator random = new Randomness(5).generator("wave", epoch, indices[b]);
      double down = random.nextDouble() - 0.5;
      double across = random.nextDouble() - 0.5;
      double phase = random.nextDouble() * 2 * Math.PI;
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
