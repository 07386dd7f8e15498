package io.mae4j.eval.classify;

import io.mae4j.api.random.Draws;

/** The symmetric beta distribution, as a ratio of gamma variates. */
final class Beta {
  private Beta() {}

  /** A number in [0, 1] distributed as Beta(α, α), α above 0. */
  static double draw(double alpha, Draws random) {
    double a = gamma(alpha, random);
    double b = gamma(alpha, random);
    return a + b == 0 ? 0.5 : a / (a + b);
  }

  /** Marsaglia and Tsang 2000; below 1 by the boost Γ(α) = Γ(α + 1) · U^(1/α). */
  private static double gamma(double alpha, Draws random) {
    if (alpha < 1) {
      return gamma(alpha + 1, random) * StrictMath.pow(1 - random.unit(), 1 / alpha);
    }
    double d = alpha - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.gaussian();
      double v = StrictMath.pow(1 + c * x, 3);
      if (v > 0
          && StrictMath.log(1 - random.unit()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
  }
}
