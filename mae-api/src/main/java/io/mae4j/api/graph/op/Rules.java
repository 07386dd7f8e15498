package io.mae4j.api.graph.op;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.util.List;
import java.util.Optional;

/** The checks that shape rules share. Messages are finished by the graph builder with the scope. */
final class Rules {
  private Rules() {}

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  static void count(Op op, List<TensorType> inputs, int count) {
    require(
        inputs.size() == count, op.name() + " takes " + count + " inputs, got " + inputs.size());
  }

  static Shape real(Op op, List<TensorType> inputs, int position) {
    TensorType type = inputs.get(position);
    require(
        type.dtype() == DType.FLOAT32,
        op.name() + " needs a real-valued input " + position + ", got " + type);
    return type.shape();
  }

  static Shape index(Op op, List<TensorType> inputs, int position) {
    TensorType type = inputs.get(position);
    require(
        type.dtype() == DType.INT32,
        op.name() + " needs indices as input " + position + ", got " + type);
    return type.shape();
  }

  static Shape same(Op op, List<TensorType> inputs) {
    Shape first = real(op, inputs, 0);
    for (int i = 1; i < inputs.size(); i++) {
      require(
          real(op, inputs, i).equals(first),
          op.name() + " needs inputs of one shape, got " + first + " and " + inputs.get(i).shape());
    }
    return first;
  }

  static Optional<Shape> broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.dim(-i) : 1;
      int right = i <= b.rank() ? b.dim(-i) : 1;
      if (left != right && left != 1 && right != 1) {
        return Optional.empty();
      }
      dims[rank - i] = Math.max(left, right);
    }
    return Optional.of(Shape.of(dims));
  }
}
