package io.mae4j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsFingerprintTest {
  private static final List<String> NAMES = List.of("a", "b");

  private static Array array(Shape shape, float... values) {
    return Array.of(shape, values);
  }

  private static Map<String, Array> arrays(float... values) {
    return Map.of(
        "a", array(Shape.of(2, 1), values[0], values[1]),
        "b", array(Shape.of(1), values[2]),
        "other", array(Shape.of(1), values[3]));
  }

  @Test
  void changesWithEveryBitAndWithNothingElse() {
    WeightsFingerprint before = WeightsFingerprint.of(arrays(1, 2, 0f, 4), NAMES);
    assertThat(before.values()).isEqualTo(3);
    assertThat(before.sha256()).hasSize(64);
    assertThat(WeightsFingerprint.of(arrays(1, 2, 0f, 5), NAMES)).isEqualTo(before);
    assertThat(WeightsFingerprint.of(arrays(1, Math.nextUp(2f), 0f, 4), NAMES))
        .isNotEqualTo(before);
    assertThat(WeightsFingerprint.of(arrays(1, 2, -0f, 4), NAMES)).isNotEqualTo(before);
    assertThat(WeightsFingerprint.of(arrays(1, 2, 0f, 4), List.of("b", "a"))).isNotEqualTo(before);
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> WeightsFingerprint.of(arrays(1, 2, 3, 4), List.of("c")))
        .hasMessageContaining("'c'");
  }
}
