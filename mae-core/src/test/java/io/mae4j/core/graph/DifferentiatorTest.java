package io.mae4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.LayerNormGrad;
import io.mae4j.api.graph.op.MatMul;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The structure of appended gradients; their values are checked by finite differences in
 * mae-testkit.
 */
class DifferentiatorTest {

  private static Tensor frozenThenTrained(GraphBuilder graph) {
    Tensor x = graph.input("x", TensorType.real(4, 6));
    Tensor frozen =
        graph.linear(x, graph.state("w1", Shape.of(5, 6)), graph.state("b1", Shape.of(5)));
    Tensor trained =
        graph.linear(frozen, graph.state("w2", Shape.of(3, 5)), graph.state("b2", Shape.of(3)));
    return graph.sum(graph.square(trained), false, 0, 1);
  }

  @Test
  void gradientsOfFrozenPartsAreNotComputed() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor loss = frozenThenTrained(graph);
    List<Tensor> wanted =
        List.of(graph.state("w2", Shape.of(3, 5)), graph.state("b2", Shape.of(3)));
    Map<Tensor, Tensor> gradients = Differentiator.gradients(graph, loss, wanted);
    gradients.forEach((tensor, gradient) -> graph.output(tensor.name() + tensor.id(), gradient));

    Graph built = graph.build();

    assertThat(built.nodes()).filteredOn(node -> node.op() instanceof MatMul).hasSize(1);
    assertThat(gradients.get(wanted.get(0)).shape()).isEqualTo(Shape.of(3, 5));
    assertThat(gradients.get(wanted.get(1)).shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void gradientOfEverythingReachesTheFirstLayer() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor loss = frozenThenTrained(graph);
    Tensor w1 = graph.state("w1", Shape.of(5, 6));

    Map<Tensor, Tensor> gradients = Differentiator.gradients(graph, loss, List.of(w1));

    assertThat(gradients.get(w1).shape()).isEqualTo(Shape.of(5, 6));
  }

  @Test
  void gradientNodesCarryTheScopeOfTheirForwardNode() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor x = graph.input("x", TensorType.real(4, 6));
    Tensor loss =
        graph.scope(
            "blocks.0",
            () -> {
              Tensor y =
                  graph.layerNorm(
                      x, graph.state("w", Shape.of(6)), graph.state("b", Shape.of(6)), 1e-6);
              return graph.sum(y, false, 0, 1);
            });
    Differentiator.gradients(graph, loss, List.of(graph.state("w", Shape.of(6))));

    assertThat(graph.nodes())
        .filteredOn(node -> node.op() instanceof LayerNormGrad)
        .singleElement()
        .satisfies(node -> assertThat(node.scope()).isEqualTo("blocks.0.grad"));
  }

  @Test
  void aTensorTheLossDoesNotDependOnIsRefused() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor loss = frozenThenTrained(graph);
    Tensor other = graph.state("other", Shape.of(2));

    assertThatThrownBy(() -> Differentiator.gradients(graph, loss, List.of(other)))
        .hasMessageContaining("does not depend on");
  }

  @Test
  void onlyAScalarIsDifferentiated() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor x = graph.input("x", TensorType.real(4, 6));

    assertThatThrownBy(() -> Differentiator.gradients(graph, x, List.of(x)))
        .hasMessageContaining("only a scalar");
  }

  @Test
  void flopsOfALinearStepAreCountedForForwardAndGradients() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor loss = frozenThenTrained(graph);
    graph.output("loss", loss);
    Tensor w1 = graph.state("w1", Shape.of(5, 6));
    graph.output("dw1", Differentiator.gradients(graph, loss, List.of(w1)).get(w1));

    // forward 2·4·(5·6 + 3·5), gradient of the hidden values 2·4·3·5, of the first weight 2·4·5·6
    assertThat(Cost.flops(graph.build()))
        .isEqualTo(2.0 * 4 * (30 + 15) + 2.0 * 4 * 15 + 2.0 * 4 * 30);
  }
}
