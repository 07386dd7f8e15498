package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Elementwise arithmetic; axes of extent 1 and missing leading axes are repeated, as in NumPy.
 *
 * <p>Inputs: a, b. Output: of their common shape. Gradients are summed over what was repeated.
 *
 * @param kind which arithmetic
 */
public record Binary(Kind kind) implements Op {

  /** The four operations. */
  public enum Kind {
    /** {@code a + b}. */
    ADD,
    /** {@code a − b}. */
    SUB,
    /** {@code a · b}. */
    MUL,
    /** {@code a / b}. */
    DIV
  }

  @Override
  public String name() {
    return "binary";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 2);
    Shape a = Rules.real(this, inputs, 0);
    Shape b = Rules.real(this, inputs, 1);
    return List.of(
        TensorType.real(
            Rules.broadcast(a, b)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            name() + " cannot combine " + a + " and " + b))));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.binary(this, node);
  }
}
