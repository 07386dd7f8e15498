package io.mae4j.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryTest {

  private final Registry<String> registry =
      new Registry<>("masking strategy", Map.of("random", "r", "block", "b", "grid", "g"));

  @Test
  void findsByName() {
    assertThat(registry.get("grid")).isEqualTo("g");
    assertThat(registry.all()).containsExactly("b", "g", "r");
  }

  @Test
  void aMissListsWhatThereIsAndSuggestsTheNearest() {
    assertThatThrownBy(() -> registry.get("blok"))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
        .hasMessage(
            "No masking strategy 'blok'. Available: block, grid, random. Did you mean 'block'?");
  }

  @Test
  void aMissFarFromEverythingSuggestsNothing() {
    assertThatThrownBy(() -> registry.get("checkerboard"))
        .hasMessage("No masking strategy 'checkerboard'. Available: block, grid, random.");
  }

  @Test
  void anEmptyRegistrySaysSo() {
    assertThatThrownBy(() -> new Registry<>("engine", Map.of()).get("djl"))
        .hasMessage("No engine 'djl'. There is none at all.");
  }

  @Test
  void refusesTwoProvidersOfOneName() {
    assertThatThrownBy(() -> Registry.index("engine", List.of("djl", "nd4j", "djl"), name -> name))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PLUGIN))
        .hasMessageContaining("two providers call themselves engine 'djl'");
  }

  @Test
  void refusesAProviderWithoutAName() {
    assertThatThrownBy(() -> Registry.index("engine", List.of(" "), name -> name))
        .hasMessageContaining("has no name");
  }
}
