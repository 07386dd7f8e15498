package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Gradient of {@link CrossEntropy}: {@code dlogits[b, k] = dloss[b] · (softmax(logits[b])[k] · Σ_j
 * targets[b, j] − targets[b, k])}.
 *
 * <p>Inputs: dloss [B], logits [B, K], targets [B, K]. Output: [B, K].
 */
public record CrossEntropyGrad() implements Op {

  @Override
  public String name() {
    return "cross_entropy_grad";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 3);
    return List.of(TensorType.real(Rules.real(this, inputs, 1)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.crossEntropyGrad(this, node);
  }
}
