package io.mae4j.api.backend;

/** The arithmetic of a compiled program. */
public enum Precision {
  /** IEEE single precision throughout. */
  FP32,

  /**
   * Matrix products, those of attention too, of operands that are rounded to bfloat16; everything
   * else in single precision: states, sums of residuals, norms, softmax, losses and updates.
   */
  BF16
}
