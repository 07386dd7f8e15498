package io.mae4j.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingProgramTest {
  private static final ImageSpec IMAGE = new ImageSpec(8, 8, 1, 2);
  private static final MaskedAutoencoder MODEL =
      new MaskedAutoencoder(
          new VitEncoder(IMAGE, new VitConfig(8, 1, 2, 4)),
          new MaeDecoder(IMAGE, 8, new VitConfig(4, 1, 1, 4)),
          true);

  private static Recipe recipe(int accumIter) {
    return new Recipe(new Schedule(2, 1, 4, accumIter, 1e-3, 0), 0.05, 0.9, 0.95, 0.75, 0);
  }

  @Test
  void aStepWithoutAccumulationIsOneGraphThatUpdatesEveryTrainableParameterAndItsMoments() {
    Program program = new Pretraining(MODEL, recipe(1)).program();

    assertThat(program.graphs()).containsOnlyKeys(TrainingProgram.STEP);
    long trainable = MODEL.parameters().stream().filter(ParameterSpec::trainable).count();
    assertThat(program.graph(TrainingProgram.STEP).updates()).hasSize((int) (3 * trainable));
    assertThat(program.graph(TrainingProgram.STEP).updates())
        .doesNotContainKeys("pos_embed", "decoder_pos_embed");
  }

  @Test
  void accumulationUsesTwoGraphs() {
    Program program = new Pretraining(MODEL, recipe(3)).program();

    assertThat(program.graphs())
        .containsOnlyKeys(TrainingProgram.ACCUMULATE, TrainingProgram.APPLY);
    assertThat(program.graph(TrainingProgram.APPLY).inputs())
        .containsOnlyKeys(TrainingProgram.LR, TrainingProgram.T);
  }

  @Test
  void weightsAndTokensDecayAndBiasesAndNormsDoNot() {
    Graph step = new Pretraining(MODEL, recipe(1)).program().graph(TrainingProgram.STEP);

    assertThat(decay(step, "blocks.0.mlp.fc1.weight")).isEqualTo(0.05);
    assertThat(decay(step, "cls_token")).isEqualTo(0.05);
    assertThat(decay(step, "mask_token")).isEqualTo(0.05);
    assertThat(decay(step, "blocks.0.mlp.fc1.bias")).isZero();
    assertThat(decay(step, "norm.weight")).isZero();
    assertThat(decay(step, "patch_embed.proj.bias")).isZero();
  }

  private static double decay(Graph step, String parameter) {
    Tensor updated = Map.copyOf(step.updates()).get(parameter);
    Node node =
        step.nodes().stream().filter(n -> n.outputs().contains(updated)).findFirst().orElseThrow();
    return ((AdamW) node.op()).weightDecay();
  }
}
