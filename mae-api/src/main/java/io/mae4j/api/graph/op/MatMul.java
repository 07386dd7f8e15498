package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Matrix product of the last two axes, batched over the leading ones: {@code c[..., m, n] = Σ_k
 * a[..., m, k] · b[..., k, n]}.
 *
 * <p>Inputs: a [..., M, K] (or [..., K, M] when transposed), b [..., K, N] (or [..., N, K]), with
 * equal leading axes. Output: [..., M, N]. Gradient: two matrix products.
 *
 * @param transposeA whether the last two axes of a are swapped first
 * @param transposeB whether the last two axes of b are swapped first
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Op {

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 2);
    Shape a = Rules.real(this, inputs, 0);
    Shape b = Rules.real(this, inputs, 1);
    Rules.require(
        a.rank() >= 2 && a.rank() == b.rank(),
        "matmul needs two tensors of the same rank of at least 2, got " + a + " and " + b);
    for (int axis = 0; axis < a.rank() - 2; axis++) {
      Rules.require(
          a.dim(axis) == b.dim(axis), "matmul needs equal leading axes, got " + a + " and " + b);
    }
    int k = a.dim(transposeA ? -2 : -1);
    Rules.require(
        k == b.dim(transposeB ? -1 : -2),
        "matmul cannot multiply "
            + a
            + (transposeA ? "ᵀ" : "")
            + " by "
            + b
            + (transposeB ? "ᵀ" : ""));
    return List.of(
        TensorType.real(
            a.with(-2, a.dim(transposeA ? -1 : -2)).with(-1, b.dim(transposeB ? -2 : -1))));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.matMul(this, node);
  }
}
