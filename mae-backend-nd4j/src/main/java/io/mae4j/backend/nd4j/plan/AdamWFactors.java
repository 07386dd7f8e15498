package io.mae4j.backend.nd4j.plan;

import io.mae4j.api.graph.op.AdamW;
import java.util.List;

/**
 * The three numbers of an AdamW step that depend on the run, computed on the host in double
 * precision.
 *
 * @param op the optimizer's numbers
 * @param learningRate lr []
 * @param step t []
 * @param decay 1 − lr·λ []
 * @param rate lr / (1 − β1^t) []
 * @param inverseRoot 1 / √(1 − β2^t) []
 */
public record AdamWFactors(
    AdamW op, View learningRate, View step, View decay, View rate, View inverseRoot)
    implements Instruction {

  @Override
  public List<View> reads() {
    return List.of(learningRate, step);
  }

  @Override
  public List<View> writes() {
    return List.of(decay, rate, inverseRoot);
  }
}
