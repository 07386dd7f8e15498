package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.Shape;
import io.mae4j.backend.nd4j.plan.Transform;
import io.mae4j.backend.nd4j.plan.View;

/**
 * Attention by batched products over strided views of the heads: [B, T, D] is seen as [B, heads, T,
 * D/heads].
 *
 * @param emitter takes the instructions
 * @param heads number of heads
 * @param scale factor of the scores
 */
record AttentionCode(Emitter emitter, int heads, double scale) {

  private View heads(View tokens) {
    return tokens.cutLast(heads).permute(0, 2, 1, 3);
  }

  private Shape scoresShape(View q, View k) {
    return Shape.of(q.shape().dim(0), heads, q.shape().dim(1), k.shape().dim(1));
  }

  /** {@code scale · q·kᵀ}: q [B, Tq, D], k [B, Tk, D] to a new [B, heads, Tq, Tk]. */
  View scores(View q, View k) {
    View scores = emitter.temporary(scoresShape(q, k));
    emitter.scaledMatmul(heads(q), false, heads(k), true, scale, scores);
    return scores;
  }

  /** The weights softmax(scores), [B, heads, Tq, Tk]. */
  View weights(View scores) {
    View weights = emitter.temporary(scores.shape());
    emitter.softmax(scores, weights);
    return weights;
  }

  /** The weights exp(scores − lse), in place of the scores. */
  void weightsFrom(View scores, View lse) {
    View statistic = lse.reshape(lse.shape().dim(0), heads, lse.shape().dim(2), 1);
    emitter.subtract(scores, statistic, scores);
    emitter.transform(Transform.Function.EXP, scores.flat(), scores.flat());
  }

  /**
   * The logarithm of each row's sum of exponentials: scores [B, heads, Tq, Tk], lse [B, heads, Tq].
   */
  void logSumExp(View scores, View lse) {
    View rows = scores.rows();
    int count = rows.shape().dim(0);
    View largest = emitter.temporary(count);
    View shifted = emitter.temporary(rows.shape());
    emitter.kernel("reduce_max", java.util.List.of(rows), largest, 1L);
    emitter.subtract(rows, largest.reshape(count, 1), shifted);
    emitter.transform(Transform.Function.EXP, shifted, shifted);
    emitter.rowSums(shifted, lse.reshape(count, 1));
    emitter.transform(Transform.Function.LOG, lse.flat(), lse.flat());
    emitter.add(lse.flat(), largest, lse.flat());
  }

  /** weights · v to out [B, Tq, D]. */
  void mix(View weights, View v, View out) {
    emitter.matmul(weights, false, heads(v), false, heads(out));
  }

  /**
   * The backward pass; all but the weights [B, heads, Tq, Tk] are [B, T, D], and dout and out are
   * dense.
   */
  void backward(
      View dout, View q, View k, View v, View out, View weights, View dq, View dk, View dv) {
    emitter.matmul(weights, true, heads(dout), false, heads(dv));
    View ds = emitter.temporary(weights.shape());
    emitter.matmul(heads(dout), false, heads(v), true, ds);
    emitter.subtract(ds, delta(dout, out), ds);
    emitter.multiply(ds.flat(), weights.flat(), ds.flat());
    emitter.scaledMatmul(ds, false, heads(k), false, scale, heads(dq));
    emitter.scaledMatmul(ds, true, heads(q), false, scale, heads(dk));
  }

  /** The sums of dout ∘ out over each head, [B, heads, Tq, 1]. */
  private View delta(View dout, View out) {
    int batch = dout.shape().dim(0);
    int queries = dout.shape().dim(1);
    int depth = dout.shape().dim(2) / heads;
    View product = emitter.temporary(batch * queries * heads, depth);
    emitter.multiply(dout.flat(), out.flat(), product.flat());
    View sums = emitter.temporary(batch * queries * heads, 1);
    emitter.rowSums(product, sums);
    View delta = emitter.temporary(batch, heads, queries, 1);
    emitter.copy(sums.reshape(batch, queries, heads, 1).permute(0, 2, 1, 3), delta);
    return delta;
  }
}
