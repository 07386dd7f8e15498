package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Gradient of {@link Attention}. Per head, with p = exp(scale · q·kᵀ − lse): {@code dv = pᵀ·dout},
 * {@code ds = p ∘ (dout·vᵀ − Σ_d dout∘out)}, {@code dq = scale · ds·k}, {@code dk = scale · dsᵀ·q}.
 *
 * <p>Inputs: dout [B, Tq, D], q [B, Tq, D], k [B, Tk, D], v [B, Tk, D], out [B, Tq, D], lse [B,
 * heads, Tq]. Outputs: dq, dk, dv, like q, k, v.
 *
 * @param heads number of heads
 * @param scale factor of the scores
 */
public record AttentionGrad(int heads, double scale) implements Op {

  @Override
  public String name() {
    return "attention_grad";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 6);
    Shape q = Rules.real(this, inputs, 1);
    Rules.require(
        inputs.get(0).shape().equals(q),
        "attention_grad needs dout like q " + q + ", got " + inputs.get(0).shape());
    return List.of(inputs.get(1), inputs.get(2), inputs.get(3));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.attentionGrad(this, node);
  }
}
