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
    List<Found<String>> found =
        List.of(
            new Found<>("djl", "First in a.jar"),
            new Found<>("nd4j", "Second in b.jar"),
            new Found<>("djl", "Third in c.jar"));

    assertThatThrownBy(() -> Registry.index("engine", found, name -> name))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PLUGIN))
        .hasMessage(
            "two providers call themselves engine 'djl': First in a.jar and Third in c.jar; remove one of them");
  }

  @Test
  void refusesAProviderWithoutAName() {
    List<Found<String>> found = List.of(new Found<>(" ", "Nameless in a.jar"));

    assertThatThrownBy(() -> Registry.index("engine", found, name -> name))
        .hasMessageContaining("the engine Nameless in a.jar has no name");
  }
}
