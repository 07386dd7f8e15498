package io.mae4j.core.graph;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.GraphBuilder;
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
import io.mae4j.api.graph.op.Op;
import io.mae4j.api.graph.op.OpVisitor;
import io.mae4j.api.graph.op.Reshape;
import io.mae4j.api.graph.op.ScatterTokens;
import io.mae4j.api.graph.op.Split;
import io.mae4j.api.graph.op.State;
import io.mae4j.api.graph.op.Sum;
import io.mae4j.api.graph.op.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of each operator: from the gradients of a node's outputs to those of its inputs,
 * {@code null} where an input needs or has none. The formulas stand with the operators.
 */
final class GradientRules implements OpVisitor<List<@Nullable Tensor>> {
  private final GraphBuilder graph;
  private final Set<Tensor> active;
  private final Map<Tensor, Tensor> gradients;

  GradientRules(GraphBuilder graph, Set<Tensor> active, Map<Tensor, Tensor> gradients) {
    this.graph = graph;
    this.active = active;
    this.gradients = gradients;
  }

  private Tensor dy(Node node, int output) {
    Tensor gradient = gradients.get(node.outputs().get(output));
    if (gradient == null) {
      throw MaeException.internal(node.outputs().get(output) + " has no gradient");
    }
    return gradient;
  }

  private boolean needs(Node node, int input) {
    return active.contains(node.input(input));
  }

  private static List<@Nullable Tensor> list(@Nullable Tensor... parts) {
    return Arrays.asList(parts);
  }

  private static List<@Nullable Tensor> none(Op op) {
    throw MaeException.internal(op.name() + " has no gradient");
  }

  /** Sums over what broadcasting repeated. */
  private Tensor unbroadcast(Tensor gradient, Shape shape) {
    int extra = gradient.shape().rank() - shape.rank();
    int[] axes =
        IntStream.range(0, gradient.shape().rank())
            .filter(
                axis -> axis < extra || (shape.dim(axis - extra) == 1 && gradient.dim(axis) != 1))
            .toArray();
    return axes.length == 0 ? gradient : graph.reshape(graph.sum(gradient, true, axes), shape);
  }

  private Tensor rows(Tensor x) {
    int width = x.dim(-1);
    return graph.reshape(x, Shape.of(Math.toIntExact(x.shape().size() / width), width));
  }

  @Override
  public List<@Nullable Tensor> input(Input op, Node node) {
    return list();
  }

  @Override
  public List<@Nullable Tensor> state(State op, Node node) {
    return list();
  }

  @Override
  public List<@Nullable Tensor> constant(Constant op, Node node) {
    return list();
  }

  @Override
  public List<@Nullable Tensor> fill(Fill op, Node node) {
    return list();
  }

  @Override
  public List<@Nullable Tensor> matMul(MatMul op, Node node) {
    Tensor dy = dy(node, 0);
    Tensor a = node.input(0);
    Tensor b = node.input(1);
    boolean ta = op.transposeA();
    boolean tb = op.transposeB();
    Tensor da = null;
    Tensor db = null;
    if (needs(node, 0)) {
      da = ta ? graph.matmul(b, dy, tb, true) : graph.matmul(dy, b, false, !tb);
    }
    if (needs(node, 1)) {
      db = tb ? graph.matmul(dy, a, true, ta) : graph.matmul(a, dy, !ta, false);
    }
    return list(da, db);
  }

  @Override
  public List<@Nullable Tensor> linear(Linear op, Node node) {
    Tensor x = node.input(0);
    Tensor w = node.input(1);
    Tensor dy = rows(dy(node, 0));
    Tensor dx = needs(node, 0) ? graph.reshape(graph.matmul(dy, w, false, false), x.shape()) : null;
    Tensor dw = needs(node, 1) ? graph.matmul(dy, rows(x), true, false) : null;
    if (node.inputs().size() == 2) {
      return list(dx, dw);
    }
    return list(dx, dw, needs(node, 2) ? graph.sum(dy, false, 0) : null);
  }

  @Override
  public List<@Nullable Tensor> layerNorm(LayerNorm op, Node node) {
    List<Tensor> statistics = node.outputs();
    List<Tensor> parts =
        graph.apply(
            new LayerNormGrad(),
            List.of(
                dy(node, 0), node.input(0), statistics.get(1), statistics.get(2), node.input(1)));
    return list(parts.get(0), parts.get(1), parts.get(2));
  }

  @Override
  public List<@Nullable Tensor> layerNormGrad(LayerNormGrad op, Node node) {
    return none(op);
  }

  @Override
  public List<@Nullable Tensor> gelu(Gelu op, Node node) {
    return list(graph.apply(new GeluGrad(), List.of(dy(node, 0), node.input(0))).get(0));
  }

  @Override
  public List<@Nullable Tensor> geluGrad(GeluGrad op, Node node) {
    return none(op);
  }

  @Override
  public List<@Nullable Tensor> attention(Attention op, Node node) {
    List<Tensor> parts =
        graph.apply(
            new AttentionGrad(op.heads(), op.scale()),
            List.of(
                dy(node, 0),
                node.input(0),
                node.input(1),
                node.input(2),
                node.outputs().get(0),
                node.outputs().get(1)));
    return list(parts.get(0), parts.get(1), parts.get(2));
  }

  @Override
  public List<@Nullable Tensor> attentionGrad(AttentionGrad op, Node node) {
    return none(op);
  }

  @Override
  public List<@Nullable Tensor> crossEntropy(CrossEntropy op, Node node) {
    if (needs(node, 1)) {
      throw MaeException.internal("the targets of cross_entropy have no gradient");
    }
    return list(
        graph
            .apply(new CrossEntropyGrad(), List.of(dy(node, 0), node.input(0), node.input(1)))
            .get(0),
        null);
  }

  @Override
  public List<@Nullable Tensor> crossEntropyGrad(CrossEntropyGrad op, Node node) {
    return none(op);
  }

  @Override
  public List<@Nullable Tensor> reshape(Reshape op, Node node) {
    return list(graph.reshape(dy(node, 0), node.input(0).shape()));
  }

  @Override
  public List<@Nullable Tensor> broadcast(Broadcast op, Node node) {
    return list(unbroadcast(dy(node, 0), node.input(0).shape()));
  }

  @Override
  public List<@Nullable Tensor> split(Split op, Node node) {
    Tensor[] parts =
        node.outputs().stream()
            .map(
                part ->
                    gradients.containsKey(part) ? gradients.get(part) : graph.fill(0, part.shape()))
            .toArray(Tensor[]::new);
    return list(graph.concat(op.axis(), parts));
  }

  @Override
  public List<@Nullable Tensor> concat(Concat op, Node node) {
    Integer[] sizes =
        node.inputs().stream().map(part -> part.dim(op.axis())).toArray(Integer[]::new);
    return new ArrayList<>(graph.split(dy(node, 0), op.axis(), sizes));
  }

  @Override
  public List<@Nullable Tensor> gatherTokens(GatherTokens op, Node node) {
    Tensor x = node.input(0);
    Tensor dx = graph.scatterTokens(dy(node, 0), node.input(1), x.dim(1));
    return list(unbroadcast(dx, x.shape()), null);
  }

  @Override
  public List<@Nullable Tensor> scatterTokens(ScatterTokens op, Node node) {
    return list(graph.gatherTokens(dy(node, 0), node.input(1)), null);
  }

  @Override
  public List<@Nullable Tensor> binary(Binary op, Node node) {
    Tensor dy = dy(node, 0);
    Tensor a = node.input(0);
    Tensor b = node.input(1);
    Tensor da = null;
    Tensor db = null;
    if (needs(node, 0)) {
      da =
          switch (op.kind()) {
            case ADD, SUB -> dy;
            case MUL -> graph.mul(dy, b);
            case DIV -> graph.div(dy, b);
          };
      da = unbroadcast(da, a.shape());
    }
    if (needs(node, 1)) {
      db =
          switch (op.kind()) {
            case ADD -> dy;
            case SUB -> graph.affine(dy, -1, 0);
            case MUL -> graph.mul(dy, a);
            case DIV -> graph.affine(graph.div(graph.mul(dy, node.output()), b), -1, 0);
          };
      db = unbroadcast(db, b.shape());
    }
    return list(da, db);
  }

  @Override
  public List<@Nullable Tensor> unary(Unary op, Node node) {
    Tensor dy = dy(node, 0);
    return list(
        switch (op.kind()) {
          case SQRT -> graph.div(dy, graph.affine(node.output(), 2, 0));
          case SQUARE -> graph.mul(dy, graph.affine(node.input(0), 2, 0));
        });
  }

  @Override
  public List<@Nullable Tensor> affine(Affine op, Node node) {
    return list(graph.affine(dy(node, 0), op.factor(), 0));
  }

  @Override
  public List<@Nullable Tensor> sum(Sum op, Node node) {
    Shape x = node.input(0).shape();
    Shape kept = x;
    for (int axis : op.axes()) {
      kept = kept.with(axis, 1);
    }
    return list(graph.broadcast(graph.reshape(dy(node, 0), kept), x));
  }

  @Override
  public List<@Nullable Tensor> adamW(AdamW op, Node node) {
    return none(op);
  }
}
