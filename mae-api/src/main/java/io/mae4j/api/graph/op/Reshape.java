package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * The same elements in row-major order under another shape.
 *
 * <p>Input: x. Output: of the given shape, with as many elements.
 *
 * @param shape the new extents
 */
public record Reshape(Shape shape) implements Op {

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 1);
    Shape x = Rules.real(this, inputs, 0);
    Rules.require(x.size() == shape.size(), "reshape cannot turn " + x + " into " + shape);
    return List.of(TensorType.real(shape));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.reshape(this, node);
  }
}
