package io.mae4j.eval.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.graph.Cost;
import io.mae4j.core.graph.PeakMemory;
import io.mae4j.core.model.ClassifierHead;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.Tuning;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.AdamWOptimizer;
import io.mae4j.core.train.BatchParts;
import io.mae4j.core.train.LarsOptimizer;
import io.mae4j.core.train.LayerDecay;
import io.mae4j.core.train.Optimizer;
import io.mae4j.core.train.TrainingProgram;
import org.junit.jupiter.api.Test;

/**
 * What a step costs by what is tuned, beside closed forms. A linear layer from I to O values of R
 * rows takes 2·R·I·O operations, and as many again for the gradient of its input and of its weight;
 * attention of T tokens takes two products of 2·T·T·D an image, and four more for its gradients.
 */
class ClassifierObjectiveTest {
  private static final int BATCH = 4;
  private static final int PATCHES = 16;
  private static final int TOKENS = 1 + PATCHES;
  private static final int PATCH_VALUES = 3 * 4 * 4;
  private static final int WIDTH = 16;
  private static final int HIDDEN = 4 * WIDTH;
  private static final int CLASSES = 5;
  private static final int DEPTH = 3;

  private static final double EMBEDDING = linear(BATCH * PATCHES, PATCH_VALUES, WIDTH);
  private static final double MIXING =
      linear(BATCH * TOKENS, WIDTH, 3 * WIDTH)
          + 2.0 * 2 * BATCH * TOKENS * TOKENS * WIDTH
          + linear(BATCH * TOKENS, WIDTH, WIDTH);
  private static final double MLP =
      linear(BATCH * TOKENS, WIDTH, HIDDEN) + linear(BATCH * TOKENS, HIDDEN, WIDTH);
  private static final double BLOCK = MIXING + MLP;
  private static final double HEAD = linear(BATCH, WIDTH, CLASSES);
  private static final double FORWARD = EMBEDDING + DEPTH * BLOCK + HEAD;

  private static double linear(int rows, int in, int out) {
    return 2.0 * rows * in * out;
  }

  private static Graph step(Tuning tuning, int depth) {
    boolean probe = tuning.equals(Tuning.HEAD);
    VitClassifier classifier =
        new VitClassifier(
            new VitEncoder(new ImageSpec(16, 16, 3, 4), new VitConfig(WIDTH, depth, 2, 4)),
            Pool.CLS,
            probe
                ? ClassifierHead.linearProbe(WIDTH, CLASSES)
                : ClassifierHead.fineTuning(WIDTH, CLASSES),
            tuning,
            new DropPath(0, depth));
    Optimizer optimizer =
        probe
            ? new LarsOptimizer(0.9, 0.001, 0)
            : new AdamWOptimizer(0.9, 0.999, new LayerDecay(0.75, depth, 0.05));
    return TrainingProgram.of(
            "classifier",
            new ClassifierObjective(classifier, BATCH, BatchParts.WHOLE),
            optimizer,
            1)
        .graph(TrainingProgram.STEP);
  }

  @Test
  void fullFineTuningTakesTwoGradientsOfEveryProductButThatOfThePatches() {
    assertThat(Cost.flops(step(Tuning.ALL, DEPTH))).isEqualTo(3 * FORWARD - EMBEDDING);
  }

  @Test
  void theLinearProbeTakesTheGradientOfTheHeadsWeightAlone() {
    assertThat(Cost.flops(step(Tuning.HEAD, DEPTH))).isEqualTo(FORWARD + HEAD);
  }

  @Test
  void tuningTheLastBlocksTakesTheGradientsOfThoseAndTheHead() {
    assertThat(Cost.flops(step(Tuning.blocks(1), DEPTH))).isEqualTo(FORWARD + 2 * (HEAD + BLOCK));
    assertThat(Cost.flops(step(Tuning.blocks(2), DEPTH)))
        .isEqualTo(FORWARD + 2 * (HEAD + 2 * BLOCK));
  }

  @Test
  void tuningHalfABlockTakesTheGradientsOfItsMlp() {
    assertThat(Cost.flops(step(Tuning.blocks(0.5), DEPTH))).isEqualTo(FORWARD + 2 * (HEAD + MLP));
  }

  @Test
  void theForwardPassOfFrozenBlocksIsNotKept() {
    for (Tuning tuning : new Tuning[] {Tuning.HEAD, Tuning.blocks(1)}) {
      assertThat(PeakMemory.bytes(step(tuning, 4 * DEPTH)))
          .as(tuning.toString())
          .isEqualTo(PeakMemory.bytes(step(tuning, DEPTH)));
    }
    assertThat(PeakMemory.bytes(step(Tuning.ALL, 4 * DEPTH)))
        .isGreaterThan(3 * PeakMemory.bytes(step(Tuning.ALL, DEPTH)));
  }
}
