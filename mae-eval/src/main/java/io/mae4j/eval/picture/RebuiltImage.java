package io.mae4j.eval.picture;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;

/**
 * One image and what the model made of its hidden patches, both as pixels from 0 to 1 in the order
 * channel, row, column. The arrays are handed over, not copied.
 *
 * @param spec the image's extents and patches
 * @param mask which patches were hidden
 * @param original the true pixels [C·H·W]
 * @param rebuilt the rebuilt pixels where patches were hidden, the true ones elsewhere [C·H·W]
 */
public record RebuiltImage(ImageSpec spec, Mask mask, float[] original, float[] rebuilt) {

  /** Checks the lengths. */
  public RebuiltImage {
    int values = spec.height() * spec.width() * spec.channels();
    if (original.length != values
        || rebuilt.length != values
        || mask.patches() != spec.grid().patches()) {
      throw new IllegalArgumentException(
          "image of "
              + values
              + " values and "
              + spec.grid().patches()
              + " patches with "
              + original.length
              + " true and "
              + rebuilt.length
              + " rebuilt values and a mask of "
              + mask.patches());
    }
  }

  /**
   * Mean squared error of the pixels of hidden patches, with rebuilt pixels cut to 0..1 as a
   * picture shows them.
   */
  public double hiddenError() {
    boolean[] hidden = mask.hidden();
    double squares = 0;
    long count = 0;
    for (int i = 0; i < original.length; i++) {
      if (hidden[patchOf(i / spec.width() % spec.height(), i % spec.width())]) {
        double difference = Math.min(1, Math.max(0, rebuilt[i])) - original[i];
        squares += difference * difference;
        count++;
      }
    }
    return count == 0 ? 0 : squares / count;
  }

  /** The patch that a pixel lies in. */
  int patchOf(int row, int column) {
    return row / spec.patch() * spec.grid().columns() + column / spec.patch();
  }
}
