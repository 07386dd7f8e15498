package io.mae4j.eval.features;

import java.util.List;

/**
 * Feature vectors of named images.
 *
 * @param width D
 * @param values n·D values, a row for each image
 * @param ids what the images are called [n]
 * @param labels their classes [n], −1 where there is none
 */
public record Embeddings(int width, float[] values, List<String> ids, List<Integer> labels) {

  /** Checks the lengths. */
  public Embeddings {
    ids = List.copyOf(ids);
    labels = List.copyOf(labels);
    if ((long) ids.size() * width != values.length || labels.size() != ids.size()) {
      throw new IllegalArgumentException(
          ids.size() + " images with " + values.length + " values of width " + width);
    }
  }

  /** n. */
  public int size() {
    return ids.size();
  }
}
