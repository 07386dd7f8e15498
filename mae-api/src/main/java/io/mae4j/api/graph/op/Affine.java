package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * {@code y = factor · x + offset} with numbers known when the graph is traced.
 *
 * <p>Input: x of any shape. Output: like x. Gradient: factor · dy.
 *
 * @param factor multiplies each element
 * @param offset is added to each element
 */
public record Affine(double factor, double offset) implements Op {

  @Override
  public String name() {
    return "affine";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 1);
    return List.of(TensorType.real(Rules.real(this, inputs, 0)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.affine(this, node);
  }
}
