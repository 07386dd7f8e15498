package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * A value known when the graph is traced.
 *
 * @param value the value; real-valued
 */
public record Constant(Array value) implements Op {

  @Override
  public String name() {
    return "constant";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 0);
    Rules.require(value.dtype().isFloating(), "constant must be real-valued, got " + value.dtype());
    return List.of(TensorType.real(value.shape()));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.constant(this, node);
  }
}
