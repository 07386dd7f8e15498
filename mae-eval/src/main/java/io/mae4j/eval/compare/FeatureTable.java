package io.mae4j.eval.compare;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.eval.Features;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Collects the features of a whole data set. */
public final class FeatureTable {
  private final int width;
  private float[] values = new float[0];
  private int size;

  private FeatureTable(int width) {
    this.width = width;
  }

  /**
   * Encodes the first epoch of a source once, in its order, by several representations at a time,
   * so that each image is read only once.
   *
   * @param source all images to encode, without augmentation
   * @param representations how to encode them
   * @param progress hears of the number of images done, after each batch
   * @return the features of each representation, in order
   */
  public static List<Features> encode(
      BatchSource source, List<Representation> representations, IntConsumer progress) {
    List<FeatureTable> tables =
        representations.stream().map(r -> new FeatureTable(r.width())).toList();
    int[] labels = new int[0];
    try (BatchStream<Batch> batches = source.epoch(0, 0, Batch::copy)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        for (int r = 0; r < representations.size(); r++) {
          tables.get(r).append(representations.get(r).encode(batch));
        }
        int before = labels.length;
        labels = Arrays.copyOf(labels, before + batch.size());
        System.arraycopy(batch.labels(), 0, labels, before, batch.size());
        progress.accept(labels.length);
      }
    }
    List<Features> features = new ArrayList<>();
    for (FeatureTable table : tables) {
      features.add(new Features(table.width, Arrays.copyOf(table.values, table.size), labels));
    }
    return features;
  }

  private void append(float[] rows) {
    int needed = Math.addExact(size, rows.length);
    if (needed > values.length) {
      long grown = Math.max(needed, Math.min(Integer.MAX_VALUE - 8L, values.length * 3L / 2));
      values = Arrays.copyOf(values, (int) grown);
    }
    System.arraycopy(rows, 0, values, size, rows.length);
    size = needed;
  }
}
