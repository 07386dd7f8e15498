package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * The value of a state before the run.
 *
 * @param state the state's name
 * @param shape its extents
 */
public record State(String state, Shape shape) implements Op {

  @Override
  public String name() {
    return "state";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 0);
    return List.of(TensorType.real(shape));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.state(this, node);
  }
}
