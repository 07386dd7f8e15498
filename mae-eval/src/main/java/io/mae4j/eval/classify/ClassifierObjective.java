package io.mae4j.eval.classify;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.train.BatchParts;
import io.mae4j.core.train.Objective;
import java.util.List;

/**
 * The mean cross entropy of a batch against soft targets.
 *
 * @param classifier what is trained
 * @param batch B
 * @param parts that a batch is computed in
 */
record ClassifierObjective(VitClassifier classifier, int batch, BatchParts parts)
    implements Objective {
  /** Input: what each image should score [B, K]. */
  static final String TARGETS = "targets";

  /** Graph: class scores of whole images, nothing dropped. */
  static final String PREDICT = "predict";

  /** Output of {@link #PREDICT}: [B, K]. */
  static final String LOGITS = "logits";

  /** In as many parts as the backend runs at once, unless the head normalises over the batch. */
  static ClassifierObjective of(VitClassifier classifier, int batch, Backend backend) {
    long parameters = ParameterSpec.sizeOf(classifier.parameters());
    BatchParts parts =
        classifier.head().batchNorm()
            ? BatchParts.WHOLE
            : BatchParts.of(backend.parallelParts(), batch, parameters);
    return new ClassifierObjective(classifier, batch, parts);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return classifier.parameters();
  }

  @Override
  public Tensor loss(GraphBuilder graph) {
    return parts.mean(graph, () -> loss(graph, batch / parts.count()));
  }

  private Tensor loss(GraphBuilder graph, int images) {
    Tensor logits = classifier.logits(graph, images, true);
    Tensor targets = graph.input(TARGETS, TensorType.real(images, classifier.head().classes()));
    return graph.mean(graph.crossEntropy(logits, targets), false, 0);
  }

  /** The graph of the scores of a batch. */
  Graph predict() {
    GraphBuilder graph = new GraphBuilder(PREDICT);
    graph.output(LOGITS, classifier.logits(graph, batch, false));
    return graph.build();
  }
}
