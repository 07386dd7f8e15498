package io.mae4j.core.train;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.ParameterSpec;
import java.util.List;

/** How gradients change parameters. */
public interface Optimizer {

  /** What it remembers of a parameter from step to step. */
  List<StateSpec> states(ParameterSpec parameter);

  /** What the learning rate is multiplied by for a parameter. */
  default double lrScale(ParameterSpec parameter) {
    return 1;
  }

  /**
   * Traces the update of a parameter and of what is remembered of it.
   *
   * @param gradient of the parameter's shape
   * @param lr the learning rate [], scaled for this parameter
   * @param t the step's number from 1 []
   */
  void update(GraphBuilder graph, ParameterSpec parameter, Tensor gradient, Tensor lr, Tensor t);
}
