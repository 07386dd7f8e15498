package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * An elementwise function.
 *
 * <p>Input: x of any shape. Output: like x.
 *
 * @param kind which function
 */
public record Unary(Kind kind) implements Op {

  /** The functions. */
  public enum Kind {
    /** {@code √x}; gradient dy / (2·√x). */
    SQRT,
    /** {@code x²}; gradient 2·x·dy. */
    SQUARE
  }

  @Override
  public String name() {
    return "unary";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 1);
    return List.of(TensorType.real(Rules.real(this, inputs, 0)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.unary(this, node);
  }
}
