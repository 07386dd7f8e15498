package io.mae4j.eval.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LbfgsTest {

  /**
   * Σ cᵢ·(xᵢ − i)² with c from 1 to 10,000: steepest descent would take tens of thousands of steps.
   */
  private static double bowl(double[] point, double[] gradient) {
    double value = 0;
    for (int i = 0; i < point.length; i++) {
      double curvature = Math.pow(10, 4.0 * i / (point.length - 1));
      value += curvature * (point[i] - i) * (point[i] - i);
      gradient[i] = 2 * curvature * (point[i] - i);
    }
    return value;
  }

  @Test
  void findsTheBottomOfAnIllConditionedBowl() {
    double[] found = new Lbfgs(1e-8, 1000).minimize(LbfgsTest::bowl, new double[20]);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(i, within(1e-7));
    }
  }

  @Test
  void staysWhereTheGradientVanishesAndStopsWhereRoundingHidesTheWay() {
    double[] bottom = {0, 1, 2};
    assertThat(new Lbfgs(1e-8, 200).minimize(LbfgsTest::bowl, bottom)).isEqualTo(bottom);
    SmoothFunction flat =
        (point, gradient) -> {
          gradient[0] = 1;
          return 7;
        };
    assertThat(new Lbfgs(1e-8, 200).minimize(flat, new double[] {3})).containsExactly(3);
  }
}
