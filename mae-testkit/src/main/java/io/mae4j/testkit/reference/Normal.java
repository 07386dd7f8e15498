package io.mae4j.testkit.reference;

import org.apache.commons.numbers.gamma.Erfc;

/** The standard normal distribution. */
final class Normal {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

  private Normal() {}

  /** Φ(x), accurate relative to its value in both tails. */
  static double distribution(double x) {
    return 0.5 * Erfc.value(-x / SQRT_2);
  }

  /** φ(x). */
  static double density(double x) {
    return DENSITY_AT_ZERO * Math.exp(-0.5 * x * x);
  }
}
