package io.mae4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void theMedianIsTheMiddleOrBetweenTheTwoInTheMiddle() {
    assertThat(Percentiles.of(List.of(9, 1, 5)).median()).isEqualTo(5);
    assertThat(Percentiles.of(List.of(9, 1, 5, 6)).median()).isEqualTo(5.5);
  }

  @Test
  void aShareIsNotExceededByTheNearestRank() {
    Percentiles ten = Percentiles.of(List.of(10, 9, 8, 7, 6, 5, 4, 3, 2, 1));

    assertThat(ten.at(0.1)).isEqualTo(1);
    assertThat(ten.at(0.9)).isEqualTo(9);
    assertThat(ten.at(1)).isEqualTo(10);
    assertThat(ten.mean()).isEqualTo(5.5);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(() -> Percentiles.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
