package io.mae4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.Recipe;
import io.mae4j.core.train.Schedule;
import io.mae4j.core.train.TrainingProgram;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is computed again and what that saves; that the numbers stay is in every engine's contract.
 */
class RecomputationTest {
  private static final int ENCODER_BLOCKS = 6;
  private static final int DECODER_BLOCKS = 2;
  private static final ImageSpec IMAGE = new ImageSpec(32, 32, 3, 4);

  private static Graph step(int batch) {
    MaskedAutoencoder model =
        new MaskedAutoencoder(
            new VitEncoder(IMAGE, new VitConfig(32, ENCODER_BLOCKS, 2, 4)),
            new MaeDecoder(IMAGE, 32, new VitConfig(16, DECODER_BLOCKS, 2, 4)),
            true);
    Recipe recipe = new Recipe(new Schedule(1, 0, batch, 1, 1e-3, 0), 0.05, 0.9, 0.95, 0.75, 0);
    return new Pretraining(model, recipe).program().graph(TrainingProgram.STEP);
  }

  private static List<String> attentions(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.op() instanceof Attention)
        .map(Node::scope)
        .toList();
  }

  @Test
  void everyBlockButTheLastIsComputedAgainBeforeItsGradient() {
    List<String> scopes = attentions(Recomputation.of(step(2)));

    assertThat(scopes)
        .containsExactly(
            "blocks.0",
            "blocks.1",
            "blocks.2",
            "blocks.3",
            "blocks.4",
            "blocks.5",
            "decoder_blocks.0",
            "decoder_blocks.1",
            "decoder_blocks.0.grad",
            "blocks.5.grad",
            "blocks.4.grad",
            "blocks.3.grad",
            "blocks.2.grad",
            "blocks.1.grad",
            "blocks.0.grad");
  }

  @Test
  void theStepKeepsItsInterface() {
    Graph step = step(2);
    Graph rewritten = Recomputation.of(step);

    assertThat(rewritten.inputs().keySet()).isEqualTo(step.inputs().keySet());
    assertThat(rewritten.outputs().keySet()).isEqualTo(step.outputs().keySet());
    assertThat(rewritten.updates().keySet()).isEqualTo(step.updates().keySet());
    assertThat(rewritten.indexRules()).isEqualTo(step.indexRules());
  }

  @Test
  void itNeedsLessThanHalfOfTheMemoryOfALargeBatch() {
    Graph step = step(128);

    assertThat(PeakMemory.bytes(Recomputation.of(step))).isLessThan(PeakMemory.bytes(step) / 2);
  }

  @Test
  void aGraphWithoutGradientsStaysAsItIs() {
    assertThat(Recomputation.of(forwardOnly()).nodes()).hasSameSizeAs(forwardOnly().nodes());
  }

  private static Graph forwardOnly() {
    GraphBuilder graph = new GraphBuilder("forward");
    graph.output(
        "pred",
        new MaskedAutoencoder(
                new VitEncoder(IMAGE, new VitConfig(32, 2, 2, 4)),
                new MaeDecoder(IMAGE, 32, new VitConfig(16, 2, 2, 4)),
                true)
            .forward(graph, 2, 16)
            .pred());
    return graph.build();
  }
}
