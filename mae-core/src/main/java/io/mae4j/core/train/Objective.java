package io.mae4j.core.train;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.ParameterSpec;
import java.util.List;

/** What is trained and what is made small: the parameters of a model and its loss. */
public interface Objective {

  /** All values of the model in checkpoint order; those that are not trainable get no gradient. */
  List<ParameterSpec> parameters();

  /**
   * Traces the loss of one batch; may update values that are not trainable, such as running means.
   *
   * @return the loss []
   */
  Tensor loss(GraphBuilder graph);
}
