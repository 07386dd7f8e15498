package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * Cuts a tensor into consecutive pieces along one axis.
 *
 * <p>Input: x. Outputs: one for each size. Gradient: concatenation.
 *
 * @param axis the axis, 0 or more
 * @param sizes the extents of the pieces along it; they add up to the axis
 */
public record Split(int axis, List<Integer> sizes) implements Op {

  /** Copies the list. */
  public Split {
    sizes = List.copyOf(sizes);
  }

  @Override
  public String name() {
    return "split";
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Rules.count(this, inputs, 1);
    Shape x = Rules.real(this, inputs, 0);
    Rules.require(axis >= 0 && axis < x.rank(), "split has no axis " + axis + " in " + x);
    int sum = sizes.stream().mapToInt(Integer::intValue).sum();
    Rules.require(
        sizes.stream().allMatch(size -> size > 0) && sum == x.dim(axis),
        "split of " + x + " along axis " + axis + " into " + sizes + " does not add up");
    return sizes.stream().map(size -> TensorType.real(x.with(axis, size))).toList();
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor, Node node) {
    return visitor.split(this, node);
  }
}
