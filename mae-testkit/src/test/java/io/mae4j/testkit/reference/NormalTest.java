package io.mae4j.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

/**
 * Published values of the error function and of the normal distribution, to fourteen digits: that
 * of an argument of 10 is not known better.
 */
class NormalTest {
  private static final double PERCENT = 2e-12;

  @Test
  void distributionAgreesWithPublishedValuesOfErf() {
    // erf(0.5), erf(1), erf(2) as in Abramowitz and Stegun, table 7.1; Φ(x) = (1 + erf(x/√2))/2.
    double sqrt2 = Math.sqrt(2);
    assertClose(Normal.distribution(0.5 * sqrt2), (1 + 0.5204998778130465) / 2);
    assertClose(Normal.distribution(sqrt2), (1 + 0.8427007929497149) / 2);
    assertClose(Normal.distribution(2 * sqrt2), (1 + 0.9953222650189527) / 2);
  }

  @Test
  void distributionIsAccurateInTheTails() {
    assertThat(Normal.distribution(0)).isEqualTo(0.5);
    assertClose(Normal.distribution(-1), 0.15865525393145705);
    assertClose(Normal.distribution(-5), 2.866515718791939e-7);
    assertClose(Normal.distribution(-10), 7.619853024160525e-24);
    assertThat(Normal.distribution(-1e4)).isZero();
    assertThat(Normal.distribution(1e4)).isEqualTo(1);
  }

  @Test
  void densityIsTheDerivativeOfTheDistribution() {
    assertClose(Normal.density(0), 0.3989422804014327);
    assertClose(Normal.density(1), 0.24197072451914334);
    assertClose(Normal.density(-3), 0.0044318484119380075);
    assertThat(Normal.density(1e4)).isZero();
  }

  private static void assertClose(double found, double expected) {
    assertThat(found).isCloseTo(expected, withinPercentage(PERCENT));
  }
}
