package io.mae4j.testkit.reference;

import io.mae4j.api.graph.Shape;

/** Repetition of a smaller tensor over a larger shape. */
final class Repetition {
  private Repetition() {}

  /**
   * For each element of the large shape, which element of the small one stands there. Axes are
   * matched from the last one; axes of extent 1 and missing leading ones are repeated.
   */
  static int[] offsets(Shape small, Shape large) {
    int rank = large.rank();
    int[] strides = new int[rank];
    int stride = 1;
    for (int axis = 1; axis <= small.rank(); axis++) {
      strides[rank - axis] = small.dim(-axis) == 1 ? 0 : stride;
      stride *= small.dim(-axis);
    }
    int[] offsets = new int[Math.toIntExact(large.size())];
    int[] position = new int[rank];
    int offset = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = offset;
      for (int axis = rank - 1; axis >= 0; axis--) {
        offset += strides[axis];
        if (++position[axis] < large.dim(axis)) {
          break;
        }
        offset -= strides[axis] * position[axis];
        position[axis] = 0;
      }
    }
    return offsets;
  }
}
