package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * One step of AdamW (Loshchilov and Hutter 2019) in PyTorch's order: {@code p ← p·(1 − lr·λ)},
 * {@code m ← β1·m + (1−β1)·g}, {@code v ← β2·v + (1−β2)·g²}, {@code p ← p − lr/(1−β1^t) · m /
 * (√v/√(1−β2^t) + eps)}.
 *
 * <p>Inputs: p, g, m, v of one shape, lr [], t [] (the step's number, from 1). Outputs: the new p,
 * m, v. No gradient.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param eps added to the denominator
 * @param weightDecay λ
 */
public record AdamW(double beta1, double beta2, double eps, double weightDecay) implements Op {

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 6);
    TensorType p = inputs.get(0);
    Rules.same(this, inputs.subList(0, 4));
    for (int i = 4; i < 6; i++) {
      Rules.require(
          Rules.real(this, inputs, i).rank() == 0,
          "adamw needs scalar lr and t, got " + inputs.get(i).shape());
    }
    return List.of(p, p, p);
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.adamW(this, node);
  }
}
