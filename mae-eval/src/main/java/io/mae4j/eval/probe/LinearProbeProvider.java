package io.mae4j.eval.probe;

import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.EvaluatorProvider;
import java.util.Map;

/** The service {@code linear}. */
public final class LinearProbeProvider implements EvaluatorProvider {

  /** For the service loader. */
  public LinearProbeProvider() {}

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String description() {
    return "softmax regression on standardised frozen features";
  }

  @Override
  public Evaluator create(Map<String, String> options) {
    return new LinearProbe(ProbeRecipe.standard());
  }
}
