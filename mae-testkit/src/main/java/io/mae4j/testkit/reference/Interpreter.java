package io.mae4j.testkit.reference;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.graph.op.Affine;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.graph.op.AttentionGrad;
import io.mae4j.api.graph.op.Binary;
import io.mae4j.api.graph.op.Broadcast;
import io.mae4j.api.graph.op.Concat;
import io.mae4j.api.graph.op.Constant;
import io.mae4j.api.graph.op.CrossEntropy;
import io.mae4j.api.graph.op.CrossEntropyGrad;
import io.mae4j.api.graph.op.Fill;
import io.mae4j.api.graph.op.GatherTokens;
import io.mae4j.api.graph.op.Gelu;
import io.mae4j.api.graph.op.GeluGrad;
import io.mae4j.api.graph.op.Input;
import io.mae4j.api.graph.op.LayerNorm;
import io.mae4j.api.graph.op.LayerNormGrad;
import io.mae4j.api.graph.op.Linear;
import io.mae4j.api.graph.op.MatMul;
import io.mae4j.api.graph.op.OpVisitor;
import io.mae4j.api.graph.op.Reshape;
import io.mae4j.api.graph.op.ScatterTokens;
import io.mae4j.api.graph.op.Split;
import io.mae4j.api.graph.op.State;
import io.mae4j.api.graph.op.Sum;
import io.mae4j.api.graph.op.Unary;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * One run of a graph: a value for each tensor, node by node. Each case returns the values of the
 * node's outputs; a value is never written to once it is computed, so that views may share it.
 */
final class Interpreter implements OpVisitor<List<double[]>> {
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Map<String, Array> inputs;
  private final Map<String, Array> states;
  private final Map<Tensor, Array> values = new HashMap<>();

  Interpreter(Map<String, Array> inputs, Map<String, Array> states) {
    this.inputs = inputs;
    this.states = states;
  }

  void evaluate(List<Node> nodes) {
    for (Node node : nodes) {
      if (node.op() instanceof Input input && input.type().dtype() == DType.INT32) {
        values.put(node.output(), find(inputs, input.input()));
        continue;
      }
      node.outputs().forEach(Interpreter::requireSize);
      List<double[]> results = node.op().accept(this, node);
      for (int i = 0; i < results.size(); i++) {
        Tensor output = node.outputs().get(i);
        values.put(output, Array.of(output.shape(), results.get(i)));
      }
    }
  }

  private static void requireSize(Tensor tensor) {
    if (tensor.shape().size() > LARGEST_ARRAY) {
      throw MaeException.resource(
          "the reference computes with arrays of Java, which cannot hold the "
              + tensor.shape().size()
              + " numbers of a tensor "
              + tensor.shape()
              + ". Make the batch smaller, or the model.");
    }
  }

  /** What was computed for a tensor: {@code FLOAT64}, or {@code INT32} for indices. */
  Array value(Tensor tensor) {
    return find(values, tensor);
  }

  private static <K> Array find(Map<K, Array> arrays, K key) {
    return Objects.requireNonNull(arrays.get(key), () -> "no value of " + key);
  }

  private double[] real(Node node, int position) {
    return value(node.input(position)).doubles();
  }

  private int[] index(Node node, int position) {
    return value(node.input(position)).ints();
  }

  private double scalar(Node node, int position) {
    return value(node.input(position)).item();
  }

  private static Shape shape(Node node, int position) {
    return node.input(position).shape();
  }

  private List<double[]> map(Node node, DoubleUnaryOperator function) {
    return List.of(Arrays.stream(real(node, 0)).map(function).toArray());
  }

  @Override
  public List<double[]> input(Input op, Node node) {
    return List.of(find(inputs, op.input()).toDoubles());
  }

  @Override
  public List<double[]> state(State op, Node node) {
    return List.of(find(states, op.state()).doubles());
  }

  @Override
  public List<double[]> constant(Constant op, Node node) {
    return List.of(op.value().toDoubles());
  }

  @Override
  public List<double[]> fill(Fill op, Node node) {
    double[] y = new double[Math.toIntExact(op.shape().size())];
    Arrays.fill(y, op.value());
    return List.of(y);
  }

  @Override
  public List<double[]> matMul(MatMul op, Node node) {
    Shape a = shape(node, 0);
    Shape c = node.output().shape();
    int m = c.dim(-2);
    int n = c.dim(-1);
    int k = a.dim(op.transposeA() ? -2 : -1);
    int batch = Math.toIntExact(c.size() / ((long) m * n));
    return List.of(
        MatrixProduct.of(
            real(node, 0), op.transposeA(), real(node, 1), op.transposeB(), batch, m, k, n));
  }

  @Override
  public List<double[]> linear(Linear op, Node node) {
    Shape w = shape(node, 1);
    int rows = Math.toIntExact(shape(node, 0).size() / w.dim(1));
    int width = w.dim(0);
    double[] y =
        MatrixProduct.of(real(node, 0), false, real(node, 1), true, 1, rows, w.dim(1), width);
    if (node.inputs().size() == 3) {
      double[] b = real(node, 2);
      for (int i = 0; i < y.length; i++) {
        y[i] += b[i % width];
      }
    }
    return List.of(y);
  }

  @Override
  public List<double[]> layerNorm(LayerNorm op, Node node) {
    return Normalisation.forward(real(node, 0), real(node, 1), real(node, 2), op.eps());
  }

  @Override
  public List<double[]> layerNormGrad(LayerNormGrad op, Node node) {
    return Normalisation.backward(
        real(node, 0), real(node, 1), real(node, 2), real(node, 3), real(node, 4));
  }

  @Override
  public List<double[]> gelu(Gelu op, Node node) {
    return map(node, x -> x * Normal.distribution(x));
  }

  @Override
  public List<double[]> geluGrad(GeluGrad op, Node node) {
    double[] dy = real(node, 0);
    double[] x = real(node, 1);
    double[] dx = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      dx[i] = dy[i] * (Normal.distribution(x[i]) + x[i] * Normal.density(x[i]));
    }
    return List.of(dx);
  }

  @Override
  public List<double[]> attention(Attention op, Node node) {
    return heads(shape(node, 0), shape(node, 1), op.heads(), op.scale())
        .forward(real(node, 0), real(node, 1), real(node, 2));
  }

  @Override
  public List<double[]> attentionGrad(AttentionGrad op, Node node) {
    return heads(shape(node, 1), shape(node, 2), op.heads(), op.scale())
        .backward(
            real(node, 0),
            real(node, 1),
            real(node, 2),
            real(node, 3),
            real(node, 4),
            real(node, 5));
  }

  private static AttentionHeads heads(Shape q, Shape k, int heads, double scale) {
    return new AttentionHeads(q.dim(0), q.dim(1), k.dim(1), q.dim(2), heads, scale);
  }

  @Override
  public List<double[]> crossEntropy(CrossEntropy op, Node node) {
    return List.of(Softmax.crossEntropy(real(node, 0), real(node, 1), shape(node, 0).dim(1)));
  }

  @Override
  public List<double[]> crossEntropyGrad(CrossEntropyGrad op, Node node) {
    return List.of(
        Softmax.crossEntropyGrad(
            real(node, 0), real(node, 1), real(node, 2), shape(node, 1).dim(1)));
  }

  @Override
  public List<double[]> reshape(Reshape op, Node node) {
    return List.of(real(node, 0));
  }

  @Override
  public List<double[]> broadcast(Broadcast op, Node node) {
    double[] x = real(node, 0);
    int[] source = Repetition.offsets(shape(node, 0), op.shape());
    double[] y = new double[source.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[source[i]];
    }
    return List.of(y);
  }

  @Override
  public List<double[]> split(Split op, Node node) {
    return Pieces.split(real(node, 0), shape(node, 0), op.axis(), op.sizes());
  }

  @Override
  public List<double[]> concat(Concat op, Node node) {
    List<double[]> parts = node.inputs().stream().map(part -> value(part).doubles()).toList();
    List<Integer> sizes = node.inputs().stream().map(part -> part.dim(op.axis())).toList();
    return List.of(Pieces.concat(parts, node.output().shape(), op.axis(), sizes));
  }

  @Override
  public List<double[]> gatherTokens(GatherTokens op, Node node) {
    Shape x = shape(node, 0);
    Shape y = node.output().shape();
    int[] index = index(node, 1);
    double[] result = new double[Math.toIntExact(y.size())];
    int width = x.dim(2);
    for (int row = 0; row < index.length; row++) {
      int image = x.dim(0) == 1 ? 0 : row / y.dim(1);
      int from = image * x.dim(1) + index[row];
      System.arraycopy(real(node, 0), from * width, result, row * width, width);
    }
    return List.of(result);
  }

  @Override
  public List<double[]> scatterTokens(ScatterTokens op, Node node) {
    Shape x = shape(node, 0);
    int[] index = index(node, 1);
    double[] result = new double[Math.toIntExact(node.output().shape().size())];
    int width = x.dim(2);
    for (int row = 0; row < index.length; row++) {
      int to = row / x.dim(1) * op.tokens() + index[row];
      System.arraycopy(real(node, 0), row * width, result, to * width, width);
    }
    return List.of(result);
  }

  @Override
  public List<double[]> binary(Binary op, Node node) {
    DoubleBinaryOperator function =
        switch (op.kind()) {
          case ADD -> (a, b) -> a + b;
          case SUB -> (a, b) -> a - b;
          case MUL -> (a, b) -> a * b;
          case DIV -> (a, b) -> a / b;
        };
    Shape shape = node.output().shape();
    double[] a = real(node, 0);
    double[] b = real(node, 1);
    int[] left = Repetition.offsets(shape(node, 0), shape);
    int[] right = Repetition.offsets(shape(node, 1), shape);
    double[] y = new double[left.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = function.applyAsDouble(a[left[i]], b[right[i]]);
    }
    return List.of(y);
  }

  @Override
  public List<double[]> unary(Unary op, Node node) {
    return map(
        node,
        switch (op.kind()) {
          case SQRT -> Math::sqrt;
          case SQUARE -> x -> x * x;
        });
  }

  @Override
  public List<double[]> affine(Affine op, Node node) {
    return map(node, x -> op.factor() * x + op.offset());
  }

  @Override
  public List<double[]> sum(Sum op, Node node) {
    Shape x = shape(node, 0);
    Shape kept = x;
    for (int axis : op.axes()) {
      kept = kept.with(axis, 1);
    }
    double[] y = new double[Math.toIntExact(kept.size())];
    int[] target = Repetition.offsets(kept, x);
    double[] values = real(node, 0);
    for (int i = 0; i < target.length; i++) {
      y[target[i]] += values[i];
    }
    return List.of(y);
  }

  @Override
  public List<double[]> adamW(AdamW op, Node node) {
    return AdamWStep.of(
        op,
        real(node, 0),
        real(node, 1),
        real(node, 2),
        real(node, 3),
        scalar(node, 4),
        scalar(node, 5));
  }
}
