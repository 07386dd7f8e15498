package io.mae4j.testkit;

/**
 * How far a result of single precision may lie from the reference: the table of the contract.
 * Errors are relative to the largest element of the reference's result and counted in units of
 * 2⁻²⁴, half the distance from 1 to the next {@code float}.
 */
enum Tolerance {
  /** Values are moved, not computed: reshape, broadcast, split, concat, gather, scatter, states. */
  EXACT(0, 0),
  /** One or two rounded operations an element: binary, unary, affine. */
  ARITHMETIC(3, 0),
  /** Sums of n terms, in any order. */
  SUM(4, 2),
  /** Products over K terms: matmul and linear. */
  PRODUCT(4, 3),
  GELU(12, 0),
  GELU_GRAD(16, 0),
  /** Times the condition {@code |mean| · rstd} where that is above 1. */
  LAYER_NORM(16, 1),
  /** As {@link #LAYER_NORM}. */
  LAYER_NORM_GRAD(32, 2),
  /** Over depth and keys; times the largest score where that is above 1. */
  ATTENTION(24, 4),
  /** As {@link #ATTENTION}. */
  ATTENTION_GRAD(64, 8),
  CROSS_ENTROPY(16, 1),
  CROSS_ENTROPY_GRAD(16, 1),
  /** Of p, m and v after one step. */
  ADAMW(16, 0),
  /** A whole block or training step: every other entry at once. */
  COMPOSED(128, 16);

  private static final double UNIT = Math.scalb(1.0, -24);

  private final double units;
  private final double unitsPerRootTerm;

  Tolerance(double units, double unitsPerRootTerm) {
    this.units = units;
    this.unitsPerRootTerm = unitsPerRootTerm;
  }

  /** The allowed error of a result that sums this many terms, relative to the largest element. */
  double relative(int terms) {
    return UNIT * (units + unitsPerRootTerm * Math.sqrt(terms));
  }
}
