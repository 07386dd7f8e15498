package io.mae4j.core.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.graph.Array;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views, strides and element types; the files are those of the reference values. */
class TorchFileTest {

  private static Path path(String name) {
    try {
      return Path.of(Objects.requireNonNull(TorchFileTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e_odd_tensors.pth", "e_odd_tensors_legacy.pth"})
  void viewsStridesAndElementTypesAreReadAsTorchReadsThem(String name) {
    try (TorchFile file = TorchFile.open(path(name), !name.contains("legacy"))) {
      Map<?, ?> root = (Map<?, ?>) file.root();
      Map<Object, Object> model = new LinkedHashMap<>((Map<?, ?>) root.get("model"));
      Object empty = model.remove("empty");

      Map<String, Array> tensors = file.tensors(model);

      float[] base = tensors.get("base").floats();
      assertThat(tensors.get("base").toString()).isEqualTo("FLOAT32 [5, 7]");
      assertThat(base[0]).isEqualTo(-1.4053f, org.assertj.core.api.Assertions.within(1e-4f));
      for (int row = 0; row < 5; row++) {
        for (int column = 0; column < 7; column++) {
          float value = base[row * 7 + column];
          assertThat(tensors.get("transposed").floats()[column * 5 + row]).isEqualTo(value);
          assertThat(tensors.get("param").floats()[row * 7 + column]).isEqualTo(value);
          assertThat(tensors.get("f64").doubles()[row * 7 + column]).isEqualTo(value);
          assertThat(tensors.get("boolean").ints()[row * 7 + column]).isEqualTo(value > 0 ? 1 : 0);
          assertThat(Math.abs(tensors.get("f16").floats()[row * 7 + column] - value))
              .isLessThanOrEqualTo(Math.abs(value) * 0x1p-11f);
          assertThat(Math.abs(tensors.get("bf16").floats()[row * 7 + column] - value))
              .isLessThanOrEqualTo(Math.abs(value) * 0x1p-8f);
          if (row == 2) {
            assertThat(tensors.get("row2").floats()[column]).isEqualTo(value);
          }
          if (column >= 1 && column < 4) {
            assertThat(tensors.get("column_slice").floats()[row * 3 + column - 1]).isEqualTo(value);
          }
          if (row % 2 == 0 && column % 3 == 0) {
            assertThat(tensors.get("strided").floats()[row / 2 * 3 + column / 3]).isEqualTo(value);
          }
        }
      }
      assertThat(tensors.get("i64").ints()).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(tensors.get("u8").ints()).containsExactly(0, 1, 2, 3, 4);
      assertThat(tensors.get("scalar").item()).isEqualTo(3.25);
      assertThatThrownBy(() -> file.tensors(Map.of("empty", empty)))
          .hasMessageContaining("tensor 'empty' is empty: its shape is [0, 4]");
    }
  }
}
