package io.mae4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DropPathTest {

  @Test
  void ratesGrowLinearlyFromZero() {
    DropPath dropPath = new DropPath(0.1, 12);

    assertThat(dropPath.rate(0)).isZero();
    // The official code's, in single precision.
    assertThat(dropPath.rate(1)).isCloseTo(0.00909090880304575, within(1e-8));
    assertThat(dropPath.rate(10)).isCloseTo(0.09090909361839294, within(1e-8));
    assertThat(dropPath.rate(11)).isCloseTo(0.10000000149011612, within(1e-8));
  }

  @Test
  void branchesAreDroppedAtTheirRateAndKeptOnesMakeUpForIt() {
    DropPath dropPath = new DropPath(0.4, 3);
    int batch = 4000;

    float[] factors = dropPath.draw(batch, new SplittableRandom(1)).floats();

    for (int branch = 0; branch < 6; branch++) {
      double rate = dropPath.rate(branch / 2);
      int dropped = 0;
      for (int i = 0; i < batch; i++) {
        float factor = factors[i * 6 + branch];
        dropped += factor == 0 ? 1 : 0;
        assertThat(factor == 0 || factor == (float) (1 / (1 - rate))).isTrue();
      }
      // Four standard deviations of the binomial distribution.
      double deviation = Math.sqrt(rate * (1 - rate) / batch);
      assertThat((double) dropped / batch).isCloseTo(rate, within(4 * deviation + 1e-12));
    }
  }
}
