package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * {@code y = x · Φ(x) = x/2 · (1 + erf(x/√2))}, the exact form (Hendrycks and Gimpel 2016).
 *
 * <p>Input: x of any shape. Output: like x.
 */
public record Gelu() implements Op {

  @Override
  public String name() {
    return "gelu";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 1);
    return List.of(TensorType.real(Rules.real(this, inputs, 0)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.gelu(this, node);
  }
}
