package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sum over some axes.
 *
 * <p>Input: x. Output: x without the axes, or with extent 1 there. Gradient: broadcast.
 *
 * @param axes the axes, 0 or more, ascending
 * @param keepDims whether summed axes stay with extent 1
 */
public record Sum(List<Integer> axes, boolean keepDims) implements Op {

  /** Copies the list. */
  public Sum {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 1);
    Shape x = Rules.real(this, inputs, 0);
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      Rules.require(
          axis >= 0 && axis < x.rank() && (i == 0 || axis > axes.get(i - 1)),
          "sum has no ascending axes " + axes + " in " + x);
    }
    int[] dims =
        IntStream.range(0, x.rank())
            .filter(axis -> keepDims || !axes.contains(axis))
            .map(axis -> axes.contains(axis) ? 1 : x.dim(axis))
            .toArray();
    return List.of(TensorType.real(Shape.of(dims)));
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.sum(this, node);
  }
}
