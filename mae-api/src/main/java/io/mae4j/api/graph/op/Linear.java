package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Affine map of the last axis: {@code y[..., o] = Σ_i x[..., i] · w[o, i] + b[o]}.
 *
 * <p>Inputs: x [..., I], w [O, I], and optionally b [O]. Output: [..., O]. Gradient: two matrix
 * products and a sum.
 */
public record Linear() implements Op {

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.require(
        inputs.size() == 2 || inputs.size() == 3,
        "linear takes 2 or 3 inputs, got " + inputs.size());
    Shape x = Rules.real(this, inputs, 0);
    Shape w = Rules.real(this, inputs, 1);
    Rules.require(
        x.rank() >= 1 && w.rank() == 2,
        "linear needs x [..., I] and w [O, I], got " + x + " and " + w);
    Rules.require(
        x.dim(-1) == w.dim(1),
        "linear with weight " + w + " needs inputs of width " + w.dim(1) + ", got " + x);
    if (inputs.size() == 3) {
      Shape b = Rules.real(this, inputs, 2);
      Rules.require(
          b.equals(Shape.of(w.dim(0))),
          "linear with weight " + w + " needs a bias [" + w.dim(0) + "], got " + b);
    }
    return List.of(TensorType.real(x.with(-1, w.dim(0))));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.linear(this, node);
  }
}
