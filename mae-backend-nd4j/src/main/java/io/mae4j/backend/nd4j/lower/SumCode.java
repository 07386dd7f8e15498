package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.Shape;
import io.mae4j.backend.nd4j.plan.View;
import java.util.List;

/** Sums over axes, one axis after the other from the last. */
final class SumCode {
  private SumCode() {}

  /**
   * Sums over axes.
   *
   * @param x dense
   * @param axes ascending, at least one
   * @param to dense, with as many elements as are left
   */
  static void sum(Emitter emitter, View x, List<Integer> axes, View to) {
    View current = x;
    for (int i = axes.size() - 1; i >= 0; i--) {
      int axis = axes.get(i);
      Shape left = current.shape().with(axis, 1);
      View next = i == 0 ? to.reshape(left) : emitter.temporary(left);
      sumAxis(emitter, current, axis, next);
      current = next;
    }
  }

  private static void sumAxis(Emitter emitter, View x, int axis, View to) {
    int[] dims = x.shape().dims();
    int extent = dims[axis];
    int before = 1;
    for (int i = 0; i < axis; i++) {
      before *= dims[i];
    }
    int after = Math.toIntExact(x.size() / extent / before);
    if (after == 1) {
      emitter.rowSums(x.reshape(before, extent), to.reshape(before, 1));
    } else if (before == 1) {
      emitter.columnSums(x.reshape(extent, after), to.reshape(1, after));
    } else {
      emitter.kernel(
          "reduce_sum", List.of(x.reshape(before, extent, after)), to.reshape(before, after), 1L);
    }
  }
}
