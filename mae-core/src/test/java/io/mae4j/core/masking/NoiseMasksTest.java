package io.mae4j.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.core.OfficialFigures;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NoiseMasksTest {

  @Test
  void theSmallestNoiseStaysVisibleInItsOrder() {
    Array noise =
        Array.of(Shape.of(2, 4), new float[] {0.4f, 0.1f, 0.3f, 0.2f, 0.5f, 0.6f, 0.7f, 0.1f});

    List<Mask> masks = NoiseMasks.of(noise, 2);

    assertThat(masks.get(0).visible()).containsExactly(1, 3);
    assertThat(masks.get(0).masked()).containsExactly(2, 0);
    assertThat(masks.get(0).restore()).containsExactly(3, 0, 2, 1);
    assertThat(masks.get(1).visible()).containsExactly(3, 0);
    assertThat(masks.get(1).hidden()).containsExactly(false, true, true, false);
  }

  @Test
  void equalNoiseKeepsTheOrderOfThePatches() {
    Array noise = Array.of(Shape.of(1, 4), new float[4]);

    assertThat(NoiseMasks.of(noise, 4).get(0).visible()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void noiseThatIsNoNumberIsRefused() {
    Array noise = Array.of(Shape.of(1, 2), new float[] {0, Float.NaN});

    assertThatThrownBy(() -> NoiseMasks.of(noise, 1))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("NaN at element 1");
  }

  @Test
  @Tag("official")
  void asManyPatchesStayVisibleAsInTheOfficialCode() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(NoiseMasksTest.class.getResourceAsStream("len_keep.json"))) {
      JsonNode cases = JsonMapper.shared().readTree(in);
      assertThat(cases.size()).isGreaterThan(70);
      for (JsonNode one : cases) {
        int kept = one.path("len_keep").asInt();
        if (kept > 0) {
          assertThat(new PatchGrid(1, one.path("L").asInt()).visible(one.path("ratio").asDouble()))
              .as("%s", one)
              .isEqualTo(kept);
        }
      }
      OfficialFigures.keep("patches kept", 0);
    }
  }
}
