package io.mae4j.eval.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.eval.Features;
import org.junit.jupiter.api.Test;

class StandardizerTest {
  @Test
  void usesTheBiasedVarianceOfTheTrainingFeaturesPlusEps() {
    // columns 1, 2, 3 (mean 2, variance 2/3) and 5, 5, 5 (mean 5, variance 0)
    Features train = new Features(2, new float[] {1, 5, 2, 5, 3, 5}, new int[3]);
    float[] result =
        Standardizer.of(train).apply(new Features(2, new float[] {4, 5.5f}, new int[1]));
    assertThat((double) result[0]).isCloseTo(2 / Math.sqrt(2.0 / 3 + 1e-6), within(1e-6));
    assertThat((double) result[1]).isCloseTo(0.5 / Math.sqrt(1e-6), within(1e-3));
  }
}
