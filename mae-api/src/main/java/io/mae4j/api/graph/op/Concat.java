package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Joins tensors along one axis.
 *
 * <p>Inputs: one or more, alike but for the axis. Output: their concatenation. Gradient: split.
 *
 * @param axis the axis, 0 or more
 */
public record Concat(int axis) implements Op {

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.require(!inputs.isEmpty(), "concat needs at least one input");
    Shape first = Rules.real(this, inputs, 0);
    Rules.require(axis >= 0 && axis < first.rank(), "concat has no axis " + axis + " in " + first);
    int sum = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Shape part = Rules.real(this, inputs, i);
      Rules.require(
          part.rank() == first.rank() && part.with(axis, 1).equals(first.with(axis, 1)),
          "concat along axis " + axis + " cannot join " + first + " and " + part);
      sum += part.dim(axis);
    }
    return List.of(TensorType.real(first.with(axis, sum)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.concat(this, node);
  }
}
