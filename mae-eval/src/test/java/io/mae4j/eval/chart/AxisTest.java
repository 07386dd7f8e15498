package io.mae4j.eval.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void coversValuesWithRoundTicks() {
    Axis axis = Axis.covering(.4501, 1.44, 6);
    assertThat(axis.ticks()).containsExactly(.4, .6, .8, 1.0, 1.2, 1.4, 1.6);
    assertThat(axis.ticks().stream().map(axis::label))
        .containsExactly("0.4", "0.6", "0.8", "1.0", "1.2", "1.4", "1.6");
    assertThat(axis.place(.4)).isZero();
    assertThat(axis.place(axis.high())).isEqualTo(1);
  }

  @Test
  void coversLossesOfAnySize() {
    for (double[] range :
        new double[][] {{1e-7, 3e-7}, {-5, 12}, {99, 100}, {0, 9e9}, {2, 2}, {0, 0}}) {
      Axis axis = Axis.covering(range[0], range[1], 6);
      assertThat(axis.low()).isLessThanOrEqualTo(range[0]);
      assertThat(axis.high()).isGreaterThanOrEqualTo(range[1]).isGreaterThan(axis.low());
      assertThat(axis.ticks()).hasSizeBetween(2, 9).isSorted();
      assertThat(axis.ticks().stream().map(axis::label)).doesNotHaveDuplicates();
    }
  }

  @Test
  void endsAStepAxisAtTheLastStep() {
    Axis axis = Axis.upTo(3100, 8);
    assertThat(axis.high()).isEqualTo(3100);
    assertThat(axis.ticks()).startsWith(0.0, 500.0).endsWith(3000.0).hasSize(7);
    assertThat(axis.label(3000)).isEqualTo("3,000");
    assertThat(Axis.upTo(3, 8).ticks()).isEqualTo(List.of(0.0, 1.0, 2.0, 3.0));
  }
}
