package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
import io.mae4j.backend.nd4j.plan.Block;
import io.mae4j.backend.nd4j.plan.GraphPlan.Constant;
import io.mae4j.backend.nd4j.plan.Instruction;
import io.mae4j.backend.nd4j.plan.Kernel;
import io.mae4j.backend.nd4j.plan.Transform;
import io.mae4j.backend.nd4j.plan.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes instructions. Its methods are the vocabulary that operators are composed of: each appends
 * one instruction that computes {@code to}.
 */
final class Emitter {
  private List<Instruction> instructions = new ArrayList<>();
  private final List<Constant> constants = new ArrayList<>();
  private final Map<Integer, View> ones = new HashMap<>();
  private final Map<Float, View> scalars = new HashMap<>();

  /** The instructions written since they were last taken. */
  List<Instruction> take() {
    List<Instruction> taken = instructions;
    instructions = new ArrayList<>();
    return taken;
  }

  List<Constant> constants() {
    return constants;
  }

  /** A dense place of its own that is free again after its last use. */
  View temporary(Shape shape) {
    return View.dense(new Block(Block.Home.WORKSPACE, DType.FLOAT32, shape.size()), 0, shape);
  }

  View temporary(int... dims) {
    return temporary(Shape.of(dims));
  }

  /** A dense place of its own for the lifetime of the program, zero until written. */
  View resident(DType dtype, Shape shape) {
    return View.dense(new Block(Block.Home.RESIDENT, dtype, shape.size()), 0, shape);
  }

  View constant(Shape shape, float[] values) {
    View view = resident(DType.FLOAT32, shape);
    constants.add(new Constant(view, values));
    return view;
  }

  /** A number [1]. */
  View scalar(double value) {
    return scalars.computeIfAbsent((float) value, key -> constant(Shape.of(1), new float[] {key}));
  }

  /** This many ones. */
  View ones(int count) {
    return ones.computeIfAbsent(
        count,
        key -> {
          float[] values = new float[key];
          Arrays.fill(values, 1);
          return constant(Shape.of(key), values);
        });
  }

  void add(Instruction instruction) {
    instructions.add(instruction);
  }

  void kernel(String op, List<View> reads, View to, Long... integers) {
    add(new Kernel(op, reads, List.of(to), List.of(integers), List.of()));
  }

  void transform(Transform.Function function, View from, View to) {
    add(new Transform(function, from, to));
  }

  /** {@code to = a + b}, broadcasting. */
  void add(View a, View b, View to) {
    kernel("add", List.of(a, b), to);
  }

  /** {@code to = a − b}, broadcasting. */
  void subtract(View a, View b, View to) {
    kernel("subtract", List.of(a, b), to);
  }

  /** {@code to = a · b}, broadcasting. */
  void multiply(View a, View b, View to) {
    kernel("multiply", List.of(a, b), to);
  }

  /** {@code to = a / b}, broadcasting. */
  void divide(View a, View b, View to) {
    kernel("divide", List.of(a, b), to);
  }

  /** {@code to = min(a, b)}, broadcasting. */
  void minimum(View a, View b, View to) {
    kernel("minimum", List.of(a, b), to);
  }

  void tanh(View from, View to) {
    kernel("tanh", List.of(from), to);
  }

  void copy(View from, View to) {
    kernel("identity", List.of(from), to);
  }

  /** {@code to = from}, repeated along axes of extent 1 and new leading ones. */
  void broadcast(View from, View to) {
    kernel("assign", List.of(to, from), to);
  }

  void fill(double value, View to) {
    broadcast(scalar(value), to.flat());
  }

  /** Softmax over the last axis. */
  void softmax(View from, View to) {
    kernel("softmax", List.of(from), to, (long) from.shape().rank() - 1);
  }

  /** Matrix product of the last two axes. */
  void matmul(View a, boolean transposeA, View b, boolean transposeB, View to) {
    kernel("matmul", List.of(a, b), to, transposeA ? 1L : 0, transposeB ? 1L : 0, 0L);
  }

  /** {@code to = factor · a · b}. */
  void scaledMatmul(
      View a, boolean transposeA, View b, boolean transposeB, double factor, View to) {
    add(
        new Kernel(
            "matmul",
            List.of(a, b),
            List.of(to),
            List.of(transposeA ? 1L : 0, transposeB ? 1L : 0, 0L),
            List.of(factor, 0.0)));
  }

  /**
   * Sums of the rows of x [N, D], weighted: x · weights [D], to [N, 1]. A product is the fastest.
   */
  void rowSums(View x, View weights, View to) {
    matmul(x, false, weights.reshape(x.shape().dim(1), 1), false, to);
  }

  void rowSums(View x, View to) {
    rowSums(x, ones(x.shape().dim(1)), to);
  }

  /** Sums of the columns of x [N, D], to [1, D]. */
  void columnSums(View x, View to) {
    int rows = x.shape().dim(0);
    matmul(ones(rows).reshape(1, rows), false, x, false, to);
  }
}
