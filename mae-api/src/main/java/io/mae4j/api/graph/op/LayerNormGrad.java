package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Gradient of {@link LayerNorm}. With x̂ = (x − mean)·rstd and g = dy·w: {@code dx = rstd · (g −
 * mean(g) − x̂ · mean(g·x̂))}, {@code dw = Σ dy·x̂}, {@code db = Σ dy}.
 *
 * <p>Inputs: dy [..., D], x [..., D], mean [..., 1], rstd [..., 1], w [D]. Outputs: dx [..., D], dw
 * [D], db [D].
 */
public record LayerNormGrad() implements Op {

  @Override
  public String name() {
    return "layer_norm_grad";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 5);
    Shape x = Rules.real(this, inputs, 1);
    Rules.require(
        inputs.get(0).shape().equals(x),
        "layer_norm_grad needs dy like x " + x + ", got " + inputs.get(0).shape());
    TensorType affine = TensorType.real(x.dim(-1));
    return List.of(TensorType.real(x), affine, affine);
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.layerNormGrad(this, node);
  }
}
