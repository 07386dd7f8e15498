package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Repetition along axes of extent 1 and along new leading axes.
 *
 * <p>Input: x. Output: of the given shape. Gradient: the sum over what was repeated.
 *
 * @param shape the new extents
 */
public record Broadcast(Shape shape) implements Op {

  @Override
  public String name() {
    return "broadcast";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 1);
    Shape x = Rules.real(this, inputs, 0);
    Rules.require(
        Rules.broadcast(x, shape).filter(shape::equals).isPresent(),
        "cannot broadcast " + x + " to " + shape);
    return List.of(TensorType.real(shape));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.broadcast(this, node);
  }
}
