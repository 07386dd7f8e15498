package io.mae4j.eval.compare;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Images in memory, in order, with a smaller last batch.
 *
 * @param height H
 * @param width W
 * @param channels C
 * @param images n·C·H·W values
 * @param labels their classes [n]
 * @param batch images of a batch
 */
record ListedImages(int height, int width, int channels, float[] images, int[] labels, int batch)
    implements BatchSource {

  @Override
  public int imagesPerEpoch() {
    return labels.length;
  }

  @Override
  public int batchesPerEpoch() {
    return (labels.length + batch - 1) / batch;
  }

  @Override
  public <T> BatchStream<T> epoch(int epoch, int firstImage, Function<Batch, T> prepare) {
    List<T> batches =
        IntStream.range(firstImage / batch, batchesPerEpoch())
            .mapToObj(i -> prepare.apply(batch(i)))
            .toList();
    var iterator = batches.iterator();
    return new BatchStream<>() {
      @Override
      public boolean hasNext() {
        return iterator.hasNext();
      }

      @Override
      public T next() {
        return iterator.next();
      }

      @Override
      public void close() {}
    };
  }

  private Batch batch(int number) {
    int from = number * batch;
    int to = Math.min(labels.length, from + batch);
    int size = channels * height * width;
    return new Batch(
        height,
        width,
        channels,
        0,
        Arrays.copyOfRange(images, from * size, to * size),
        IntStream.range(from, to).toArray(),
        Arrays.copyOfRange(labels, from, to));
  }
}
