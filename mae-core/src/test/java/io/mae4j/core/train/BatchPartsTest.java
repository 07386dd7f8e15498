package io.mae4j.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchPartsTest {
  @Test
  void eachPartGetsItsRowsOfEveryInput() {
    Map<String, Array> cut =
        new BatchParts(2)
            .cut(
                Map.of(
                    "x", Array.of(Shape.of(4, 2), new float[] {0, 1, 2, 3, 4, 5, 6, 7}),
                    "ids", Array.of(Shape.of(4, 1), new int[] {9, 8, 7, 6})));

    assertThat(cut).containsOnlyKeys("x#0", "x#1", "ids#0", "ids#1");
    assertThat(Map.copyOf(cut).get("x#1"))
        .satisfies(part -> assertThat(part.shape()).isEqualTo(Shape.of(2, 2)))
        .satisfies(part -> assertThat(part.floats()).containsExactly(4, 5, 6, 7));
    assertThat(Map.copyOf(cut).get("ids#0"))
        .satisfies(part -> assertThat(part.ints()).containsExactly(9, 8));
  }

  @Test
  void inputsOfPartsAreDeclaredApart() {
    GraphBuilder graph = new GraphBuilder("g");
    graph.output(
        "loss",
        new BatchParts(2)
            .mean(graph, () -> graph.sum(graph.input("x", TensorType.real(3)), false, 0)));

    assertThat(graph.build().inputs()).containsOnlyKeys("x#0", "x#1");
  }

  @Test
  void aBatchIsCutIntoAsManyEqualPartsAsRunAtOnceAndAreWorthIt() {
    assertThat(BatchParts.of(4, 128, 1_000).count()).isEqualTo(4);
    assertThat(BatchParts.of(4, 96, 1_000).count()).isEqualTo(4);
    assertThat(BatchParts.of(4, 99, 1_000).count()).isEqualTo(3);
    assertThat(BatchParts.of(4, 32, 1_000).count()).isEqualTo(2);
    assertThat(BatchParts.of(4, 31, 1_000).count()).isEqualTo(1);
    assertThat(BatchParts.of(1, 128, 1_000).count()).isEqualTo(1);
    assertThat(BatchParts.of(4, 128, 100_000_000).count()).isEqualTo(1);
  }
}
