package io.mae4j.backend.nd4j.plan;

import java.util.List;

/**
 * An elementwise function that ND4J has no custom operator for.
 *
 * @param function which one
 * @param from its argument
 * @param to its result, of the same shape; may be the argument
 */
public record Transform(Function function, View from, View to) implements Instruction {

  /** The functions. */
  public enum Function {
    /** {@code eˣ}. */
    EXP,
    /** {@code ln x}. */
    LOG,
    /** {@code √x}. */
    SQRT,
    /** {@code 1/√x}. */
    RSQRT
  }

  @Override
  public List<View> reads() {
    return List.of(from);
  }

  @Override
  public List<View> writes() {
    return List.of(to);
  }
}
