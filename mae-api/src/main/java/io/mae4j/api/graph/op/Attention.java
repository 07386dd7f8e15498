package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Multi-head scaled dot-product attention (Vaswani et al. 2017). Head h uses the columns h·D/heads
 * to (h+1)·D/heads of q, k and v: {@code out_h = softmax(scale · q_h · k_hᵀ) · v_h}.
 *
 * <p>Inputs: q [B, Tq, D], k [B, Tk, D], v [B, Tk, D]. Outputs: out [B, Tq, D] and lse [B, heads,
 * Tq], the logarithm of each row's sum of exponentials, which exists for {@link AttentionGrad} and
 * has no gradient of its own.
 *
 * @param heads number of heads; divides D
 * @param scale factor of the scores, 1/√(D/heads) in the published model
 */
public record Attention(int heads, double scale) implements Op {

  @Override
  public String name() {
    return "attention";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 3);
    Shape q = Rules.real(this, inputs, 0);
    Shape k = Rules.real(this, inputs, 1);
    Shape v = Rules.real(this, inputs, 2);
    Rules.require(
        q.rank() == 3 && k.rank() == 3 && k.equals(v),
        "attention needs q [B, Tq, D] and equal k, v [B, Tk, D], got " + q + ", " + k + ", " + v);
    Rules.require(
        q.dim(0) == k.dim(0) && q.dim(2) == k.dim(2),
        "attention needs q and k of equal batch and width, got " + q + " and " + k);
    Rules.require(
        heads > 0 && q.dim(2) % heads == 0,
        "attention needs dim " + q.dim(2) + " divisible by heads " + heads);
    return List.of(TensorType.real(q), TensorType.real(q.dim(0), heads, q.dim(1)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.attention(this, node);
  }
}
