package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Normalisation of the last axis (Ba et al. 2016): {@code y = (x − mean) · rstd · w + b} with the
 * biased variance and {@code rstd = 1/√(var + eps)}.
 *
 * <p>Inputs: x [..., D], w [D], b [D]. Outputs: y [..., D], mean [..., 1], rstd [..., 1]; the last
 * two exist for {@link LayerNormGrad} and have no gradient of their own.
 *
 * @param eps added to the variance
 */
public record LayerNorm(double eps) implements Op {

  @Override
  public String name() {
    return "layer_norm";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 3);
    Shape x = Rules.real(this, inputs, 0);
    Rules.require(x.rank() >= 1, "layer_norm needs at least one axis");
    Shape affine = Shape.of(x.dim(-1));
    for (int i = 1; i < 3; i++) {
      Rules.require(
          Rules.real(this, inputs, i).equals(affine),
          "layer_norm over "
              + x
              + " needs weight and bias "
              + affine
              + ", got "
              + inputs.get(i).shape());
    }
    TensorType statistic = TensorType.real(x.with(-1, 1));
    return List.of(TensorType.real(x), statistic, statistic);
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.layerNorm(this, node);
  }
}
