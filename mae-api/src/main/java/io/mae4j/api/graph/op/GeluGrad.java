package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Gradient of {@link Gelu}: {@code dx = dy · (Φ(x) + x · φ(x))} with φ the normal density.
 *
 * <p>Inputs: dy and x of the same shape. Output: like x.
 */
public record GeluGrad() implements Op {

  @Override
  public String name() {
    return "gelu_grad";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 2);
    return List.of(TensorType.real(Rules.same(this, inputs)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.geluGrad(this, node);
  }
}
