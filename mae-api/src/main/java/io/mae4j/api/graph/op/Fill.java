package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * A tensor with the same value everywhere.
 *
 * @param value the value
 * @param shape the extents
 */
public record Fill(double value, Shape shape) implements Op {

  @Override
  public String name() {
    return "fill";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 0);
    return List.of(TensorType.real(shape));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.fill(this, node);
  }
}
