package io.mae4j.eval.classify;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.train.Objective;
import java.util.List;

/**
 * The mean cross entropy of a batch against soft targets.
 *
 * @param classifier what is trained
 * @param batch B
 */
record ClassifierObjective(VitClassifier classifier, int batch) implements Objective {
  /** Input: what each image should score [B, K]. */
  static final String TARGETS = "targets";

  /** Graph: class scores of whole images, nothing dropped. */
  static final String PREDICT = "predict";

  /** Output of {@link #PREDICT}: [B, K]. */
  static final String LOGITS = "logits";

  @Override
  public List<ParameterSpec> parameters() {
    return classifier.parameters();
  }

  @Override
  public Tensor loss(GraphBuilder graph) {
    Tensor logits = classifier.logits(graph, batch, true);
    Tensor targets = graph.input(TARGETS, TensorType.real(batch, classifier.head().classes()));
    return graph.mean(graph.crossEntropy(logits, targets), false, 0);
  }

  /** The graph of scores for a batch of this size. */
  Graph predict(int images) {
    GraphBuilder graph = new GraphBuilder(PREDICT);
    graph.output(LOGITS, classifier.logits(graph, images, false));
    return graph.build();
  }
}
