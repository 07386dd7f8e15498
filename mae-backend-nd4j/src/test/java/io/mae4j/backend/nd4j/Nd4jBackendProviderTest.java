package io.mae4j.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.TensorType;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class Nd4jBackendProviderTest {

  @Test
  void isFoundAsAServiceUnderItsName() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .extracting(BackendProvider::name)
        .contains("nd4j");
  }

  @Test
  void refusesADeviceThatIsNotThere() {
    assertThatThrownBy(() -> new Nd4jBackendProvider().open(new BackendOptions("gpu:99", 1)))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("gpu:99")
        .hasMessageContaining("[cpu")
        .extracting(failure -> ((MaeException) failure).kind())
        .isEqualTo(ErrorKind.RESOURCE);
  }

  @Test
  void namesTheVersionThatDecidesItsNumbers() {
    try (Backend backend = new Nd4jBackendProvider().open(BackendOptions.cpu())) {
      assertThat(backend.version()).matches("ND4J \\d+\\.\\d+\\.\\d+.*");
    }
  }

  /** 16 numbers each of state, input and sum, and a cache line to align with in both types. */
  @Test
  void plansTheMemoryOfAProgramWithoutTakingIt() {
    Shape shape = Shape.of(4, 4);
    GraphBuilder graph = new GraphBuilder("add");
    graph.output(
        "sum", graph.add(graph.input("x", TensorType.real(shape)), graph.state("w", shape)));
    Program program = new Program("p", List.of(new StateSpec("w", shape)), List.of(graph.build()));
    try (Backend backend = new Nd4jBackendProvider().open(BackendOptions.cpu())) {
      assertThat(backend.plannedBytes(program)).hasValue(4 * 3 * 16 + 2 * 64);
    }
  }
}
