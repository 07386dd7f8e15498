package io.mae4j.testkit;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.random.Draws;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A graph under test while it is traced, with the inputs it is run on and how close its outputs
 * must lie to the reference. Inputs are drawn from a fixed seed, so that each run sees the same
 * values.
 */
final class Trial {
  static final String GRAPH = "trial";

  private final GraphBuilder graph = new GraphBuilder(GRAPH);
  private final Draws random = new Draws(20211111);
  private final Map<String, Array> inputs = new LinkedHashMap<>();
  private final Map<String, Closeness> outputs = new LinkedHashMap<>();

  GraphBuilder graph() {
    return graph;
  }

  Map<String, Array> inputs() {
    return inputs;
  }

  Map<String, Closeness> outputs() {
    return outputs;
  }

  Graph build() {
    return graph.build();
  }

  /** An input of normally distributed values. */
  Tensor normal(int... dims) {
    return normalAround(0, 1, dims);
  }

  /** An input of normally distributed values of this mean and deviation. */
  Tensor normalAround(double mean, double deviation, int... dims) {
    float[] values = new float[size(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.gaussian());
    }
    return values(Shape.of(dims), values);
  }

  /** An input of values between these bounds. */
  Tensor uniform(double low, double high, int... dims) {
    float[] values = new float[size(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.uniform(low, high);
    }
    return values(Shape.of(dims), values);
  }

  /** An input of whole numbers from −limit to limit, whose products and sums are exact. */
  Tensor whole(int limit, int... dims) {
    float[] values = new float[size(dims)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.below(2 * limit + 1) - limit;
    }
    return values(Shape.of(dims), values);
  }

  /** An input of these values. */
  Tensor values(Shape shape, float... values) {
    return declare(Array.of(shape, values));
  }

  /** An input of distinct indices below a limit in each of some rows, in no order. */
  Tensor indices(int limit, int rows, int count) {
    int[] values = new int[rows * count];
    for (int row = 0; row < rows; row++) {
      int[] order = permutation(limit);
      System.arraycopy(order, 0, values, row * count, count);
    }
    return indices(Shape.of(rows, count), values);
  }

  /** An input of these indices. */
  Tensor indices(Shape shape, int... values) {
    return declare(Array.of(shape, values));
  }

  private Tensor declare(Array array) {
    String name = "x" + inputs.size();
    inputs.put(name, array);
    return graph.input(
        name,
        array.dtype() == DType.INT32
            ? new TensorType(DType.INT32, array.shape())
            : TensorType.real(array.shape()));
  }

  /** An output that must be equal to the reference. */
  void exact(Tensor value) {
    output(value, Closeness.EXACT);
  }

  /** An output that sums this many terms. */
  void close(Tensor value, Tolerance tolerance, int terms) {
    output(value, new Closeness(tolerance.relative(terms), 0));
  }

  /** An output whose rounding errors are multiplied by the condition of its problem. */
  void close(Tensor value, Tolerance tolerance, int terms, double condition) {
    output(value, new Closeness(tolerance.relative(terms) * condition, 0));
  }

  /**
   * An output that is a small difference of larger numbers: its error is relative to a scale where
   * that is above its largest element.
   */
  void closeAtScale(Tensor value, Tolerance tolerance, int terms, double scale) {
    output(value, new Closeness(tolerance.relative(terms), scale));
  }

  /** An output that must be as close as this. */
  void output(Tensor value, Closeness closeness) {
    String name = "y" + outputs.size();
    graph.output(name, value);
    outputs.put(name, closeness);
  }

  private int[] permutation(int length) {
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      int j = random.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static int size(int... dims) {
    return Math.toIntExact(Shape.of(dims).size());
  }
}
