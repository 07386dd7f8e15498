package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Picks tokens by index: {@code y[b, m] = x[b, index[b, m]]}; an x with a batch of one serves every
 * row.
 *
 * <p>Inputs: x [B, N, D] or [1, N, D], index [B, M] of 0..N−1, which must be an input of the graph.
 * Output: [B, M, D]. Gradient: {@link ScatterTokens}, so that where x has one, the indices of a row
 * must differ.
 */
public record GatherTokens() implements Op {

  @Override
  public String name() {
    return "gather_tokens";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 2);
    Shape x = Rules.real(this, inputs, 0);
    Shape index = Rules.index(this, inputs, 1);
    Rules.require(
        x.rank() == 3 && index.rank() == 2,
        "gather_tokens needs x [B, N, D] and index [B, M], got " + x + " and " + index);
    Rules.require(
        x.dim(0) == 1 || x.dim(0) == index.dim(0),
        "gather_tokens needs equal batches, got " + x + " and " + index);
    return List.of(TensorType.real(index.dim(0), index.dim(1), x.dim(2)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.gatherTokens(this, node);
  }
}
