package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Cross entropy against soft targets, a value for each row: {@code loss[b] = −Σ_k targets[b, k] ·
 * log softmax(logits[b])[k]}.
 *
 * <p>Inputs: logits [B, K], targets [B, K], which receive no gradient. Output: [B].
 */
public record CrossEntropy() implements Op {

  @Override
  public String name() {
    return "cross_entropy";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 2);
    Shape logits = Rules.same(this, inputs);
    Rules.require(logits.rank() == 2, "cross_entropy needs logits [B, K], got " + logits);
    return List.of(TensorType.real(logits.dim(0)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.crossEntropy(this, node);
  }
}
