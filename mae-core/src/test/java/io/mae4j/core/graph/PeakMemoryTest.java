package io.mae4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.AdamW;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
  private static final long KIB = 1024;

  /** A value of 1 KiB. */
  private static final Shape ONE = Shape.of(16, 16);

  private static Tensor input(GraphBuilder graph) {
    return graph.input("x", TensorType.real(16, 16));
  }

  @Test
  void aChainNeedsTheInputAndTwoValues() {
    GraphBuilder graph = new GraphBuilder("chain");
    Tensor x = input(graph);
    for (int i = 0; i < 5; i++) {
      x = graph.gelu(x);
    }
    graph.output("y", x);

    assertThat(PeakMemory.bytes(graph.build())).isEqualTo(3 * KIB);
  }

  @Test
  void aValueIsKeptUntilItsLastUse() {
    GraphBuilder graph = new GraphBuilder("residual");
    Tensor first = graph.gelu(input(graph));
    Tensor last = graph.gelu(graph.gelu(first));
    graph.output("y", graph.add(last, first));

    // The input, the first value, and the second and third of the chain.
    assertThat(PeakMemory.bytes(graph.build())).isEqualTo(4 * KIB);
  }

  @Test
  void viewsTakeNoPlaceAndKeepWhatTheyShow() {
    GraphBuilder graph = new GraphBuilder("views");
    List<Tensor> halves =
        graph.split(graph.reshape(graph.gelu(input(graph)), Shape.of(256)), 0, 128, 128);
    graph.output("low", graph.sum(halves.get(0), false, 0));
    graph.output("high", graph.sum(halves.get(1), false, 0));

    assertThat(PeakMemory.bytes(graph.build())).isEqualTo(2 * KIB + 2 * 4);
  }

  @Test
  void statesAreThereOnceAndAreUpdatedInPlace() {
    GraphBuilder graph = new GraphBuilder("update");
    Tensor one = graph.input("one", TensorType.real());
    Tensor gradient = graph.gelu(graph.state("p", ONE));
    List<Tensor> updated =
        graph.apply(
            new AdamW(0.9, 0.95, 1e-8, 0),
            List.of(
                graph.state("p", ONE),
                gradient,
                graph.state("m", ONE),
                graph.state("v", ONE),
                one,
                one));
    graph.update("p", updated.get(0));
    graph.update("m", updated.get(1));
    graph.update("v", updated.get(2));
    List<StateSpec> states =
        List.of(new StateSpec("p", ONE), new StateSpec("m", ONE), new StateSpec("v", ONE));
    Graph built = graph.build();

    assertThat(PeakMemory.bytes(built)).isEqualTo(KIB + 4);
    assertThat(PeakMemory.bytes(new Program("program", states, List.of(built))))
        .isEqualTo(4 * KIB + 4);
  }
}
