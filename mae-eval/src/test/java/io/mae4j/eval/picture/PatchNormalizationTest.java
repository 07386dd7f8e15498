package io.mae4j.eval.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PatchNormalizationTest {
  @Test
  void usesTheUnbiasedVariancePlusEps() {
    PatchNormalization normalization = PatchNormalization.of(new float[] {1, 2, 3, 6});
    assertThat(normalization.mean()).isEqualTo(3);
    assertThat(normalization.deviation()).isCloseTo(Math.sqrt(14.0 / 3 + 1e-6), within(1e-15));
    assertThat(normalization.normalise(6)).isCloseTo(3 / Math.sqrt(14.0 / 3 + 1e-6), within(1e-15));
  }

  @Test
  void restoresWhatItNormalised() {
    PatchNormalization normalization = PatchNormalization.of(new float[] {.1f, -7, 300, .25f});
    for (double value : new double[] {-1e3, -.3, 0, 1e-6, 12345.678}) {
      assertThat(normalization.restore(normalization.normalise(value)))
          .isCloseTo(value, within(1e-11));
    }
  }

  @Test
  void restoresAnEvenPatchToItsValue() {
    PatchNormalization normalization = PatchNormalization.of(new float[] {.5f, .5f});
    assertThat(normalization.normalise(.5)).isZero();
    assertThat(normalization.restore(1)).isCloseTo(.5 + 1e-3, within(1e-12));
  }
}
