package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;
import java.util.OptionalInt;

/**
 * A value handed over at each run.
 *
 * @param input the input's name
 * @param type what it is
 * @param part the part of the batch that it belongs to, if the graph is traced in parts
 */
public record Input(String input, TensorType type, OptionalInt part) implements Op {

  @Override
  public String name() {
    return "input";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 0);
    return List.of(type);
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.input(this, node);
  }
}
