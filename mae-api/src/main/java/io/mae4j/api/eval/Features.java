package io.mae4j.api.eval;

/**
 * Feature vectors of labelled images.
 *
 * @param width D
 * @param values n·D values, a row for each image
 * @param labels the classes [n]
 */
public record Features(int width, float[] values, int[] labels) {

  /** Checks the lengths. */
  public Features {
    if ((long) labels.length * width != values.length) {
      throw new IllegalArgumentException(
          labels.length + " labels and " + values.length + " values of width " + width);
    }
  }

  /** n. */
  public int size() {
    return labels.length;
  }
}
