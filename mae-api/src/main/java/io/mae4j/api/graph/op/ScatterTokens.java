package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Puts tokens at their indices, zero elsewhere: {@code y[b, index[b, m]] = x[b, m]}.
 *
 * <p>Inputs: x [B, M, D], index [B, M] of 0..N−1, distinct within a row, which must be an input of
 * the graph. Output: [B, N, D]. Gradient: {@link GatherTokens}.
 *
 * @param tokens N
 */
public record ScatterTokens(int tokens) implements Op {

  @Override
  public String name() {
    return "scatter_tokens";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 2);
    Shape x = Rules.real(this, inputs, 0);
    Shape index = Rules.index(this, inputs, 1);
    Rules.require(
        x.rank() == 3 && index.equals(Shape.of(x.dim(0), x.dim(1))),
        "scatter_tokens needs x [B, M, D] and index [B, M], got " + x + " and " + index);
    Rules.require(
        x.dim(1) <= tokens, "scatter_tokens cannot place " + x.dim(1) + " tokens in " + tokens);
    return List.of(TensorType.real(x.with(1, tokens)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.scatterTokens(this, node);
  }
}
