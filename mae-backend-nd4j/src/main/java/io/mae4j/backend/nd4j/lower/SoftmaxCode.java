package io.mae4j.backend.nd4j.lower;

import io.mae4j.backend.nd4j.plan.Transform;
import io.mae4j.backend.nd4j.plan.View;
import java.util.List;

/** Cross entropy of rows. */
final class SoftmaxCode {
  private SoftmaxCode() {}

  /**
   * {@code −Σ_k t · log softmax(x) = Σt · log Σeˣ − Σ t·x}, x less its largest: x, t [B, K] to [B].
   */
  static void crossEntropy(Emitter emitter, View x, View t, View loss) {
    int rows = x.shape().dim(0);
    View column = loss.reshape(rows, 1);
    View largest = emitter.temporary(rows);
    View shifted = emitter.temporary(x.shape());
    View work = emitter.temporary(x.shape());
    View total = emitter.temporary(rows, 1);
    emitter.kernel("reduce_max", List.of(x), largest, 1L);
    emitter.subtract(x, largest.reshape(rows, 1), shifted);
    emitter.transform(Transform.Function.EXP, shifted, work);
    emitter.rowSums(work, column);
    emitter.transform(Transform.Function.LOG, column, column);
    emitter.rowSums(t, total);
    emitter.multiply(column, total, column);
    emitter.multiply(t, shifted, work);
    emitter.rowSums(work, total);
    emitter.subtract(column, total, column);
  }

  /** {@code dloss · (softmax(x) · Σt − t)}: dloss [B], x, t [B, K] to [B, K]. */
  static void gradient(Emitter emitter, View dloss, View x, View t, View dx) {
    int rows = x.shape().dim(0);
    View total = emitter.temporary(rows, 1);
    emitter.rowSums(t, total);
    emitter.softmax(x, dx);
    emitter.multiply(dx, total, dx);
    emitter.subtract(dx, t, dx);
    emitter.multiply(dx, dloss.reshape(rows, 1), dx);
  }
}
