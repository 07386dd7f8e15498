package io.mae4j.backend.nd4j.lower;

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
import io.mae4j.backend.nd4j.plan.AdamWFactors;
import io.mae4j.backend.nd4j.plan.Block;
import io.mae4j.backend.nd4j.plan.Transform;
import io.mae4j.backend.nd4j.plan.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A case for each operator: appends the instructions that compute a node and notes where its
 * outputs lie. What a forward pass computes on the way and its gradient needs again is kept:
 * normalised rows, Φ(x), attention weights.
 */
final class Lowering implements OpVisitor<Boolean> {
  private final Emitter emitter;
  private final Values values;
  private final GraphFacts facts;
  private final StateLayout states;
  private final Inputs inputs;
  private final Map<Tensor, View> normals = new HashMap<>();
  private final Map<Tensor, View> distributions = new HashMap<>();
  private final Map<Tensor, View> weights = new HashMap<>();

  Lowering(Emitter emitter, Values values, GraphFacts facts, StateLayout states, Inputs inputs) {
    this.emitter = emitter;
    this.values = values;
    this.facts = facts;
    this.states = states;
    this.inputs = inputs;
  }

  private View dense(Node node, int position) {
    return values.dense(node.input(position));
  }

  private View view(Node node, int position) {
    return values.view(node.input(position));
  }

  private View place(Node node) {
    return values.place(node.output());
  }

  private boolean alias(Node node, View view) {
    values.put(node.output(), view);
    return true;
  }

  @Override
  public Boolean input(Input op, Node node) {
    if (op.type().dtype() == DType.INT32) {
      return true; // what reads it makes row numbers of it
    }
    return alias(node, inputs.real(op.input(), op.type().shape()));
  }

  @Override
  public Boolean state(State op, Node node) {
    return alias(node, states.view(op.state()));
  }

  @Override
  public Boolean constant(Constant op, Node node) {
    return alias(node, emitter.constant(op.value().shape(), op.value().toFloats()));
  }

  @Override
  public Boolean fill(Fill op, Node node) {
    emitter.fill(op.value(), place(node));
    return true;
  }

  @Override
  public Boolean matMul(MatMul op, Node node) {
    View to = place(node);
    emitter.matmul(
        matrices(dense(node, 0)),
        op.transposeA(),
        matrices(dense(node, 1)),
        op.transposeB(),
        matrices(to));
    return true;
  }

  private static View matrices(View x) {
    Shape shape = x.shape();
    int area = shape.dim(-2) * shape.dim(-1);
    return shape.rank() == 2
        ? x
        : x.reshape(Math.toIntExact(x.size() / area), shape.dim(-2), shape.dim(-1));
  }

  @Override
  public Boolean linear(Linear op, Node node) {
    View x = dense(node, 0).rows();
    View w = dense(node, 1);
    View y = place(node).rows();
    if (node.inputs().size() == 2) {
      emitter.matmul(x, false, w, true, y);
    } else {
      emitter.kernel("xw_plus_b", List.of(x, w.permute(1, 0), dense(node, 2)), y);
    }
    return true;
  }

  @Override
  public Boolean layerNorm(LayerNorm op, Node node) {
    Tensor mean = node.outputs().get(1);
    View x = dense(node, 0).rows();
    View normal = emitter.temporary(x.shape());
    NormCode.forward(
        emitter,
        x,
        dense(node, 1),
        dense(node, 2),
        op.eps(),
        values.place(node.outputs().get(0)).rows(),
        values.place(mean).rows(),
        values.place(node.outputs().get(2)).rows(),
        normal);
    normals.put(mean, normal);
    return true;
  }

  @Override
  public Boolean layerNormGrad(LayerNormGrad op, Node node) {
    int width = node.input(1).dim(-1);
    View rstd = dense(node, 3).rows();
    NormCode.backward(
        emitter,
        dense(node, 0).rows(),
        normal(node, rstd),
        rstd,
        dense(node, 4),
        values.place(node.outputs().get(0)).rows(),
        values.place(node.outputs().get(1)).reshape(1, width),
        values.place(node.outputs().get(2)).reshape(1, width));
    return true;
  }

  private View normal(Node gradient, View rstd) {
    Tensor mean = gradient.input(2);
    Node forward = facts.producer(mean);
    if (forward.op() instanceof LayerNorm
        && forward.outputs().subList(1, 3).equals(gradient.inputs().subList(2, 4))
        && forward.input(0) == gradient.input(1)) {
      return Objects.requireNonNull(normals.get(mean));
    }
    View x = dense(gradient, 1).rows();
    View normal = emitter.temporary(x.shape());
    NormCode.normal(emitter, x, values.dense(mean).rows(), rstd, normal);
    return normal;
  }

  @Override
  public Boolean gelu(Gelu op, Node node) {
    View x = dense(node, 0).flat();
    View y = place(node).flat();
    boolean differentiated =
        facts.readers(node.input(0)).stream()
            .anyMatch(
                reader -> reader.op() instanceof GeluGrad && reader.input(1) == node.input(0));
    View cdf = y;
    if (differentiated) {
      cdf = emitter.temporary(x.shape());
      distributions.put(node.input(0), cdf);
    }
    GeluCode.forward(emitter, x, cdf, y);
    return true;
  }

  @Override
  public Boolean geluGrad(GeluGrad op, Node node) {
    View x = dense(node, 1).flat();
    View cdf = distributions.get(node.input(1));
    if (cdf == null) {
      cdf = emitter.temporary(x.shape());
      GeluCode.distribution(emitter, x, cdf);
    }
    GeluCode.backward(emitter, dense(node, 0).flat(), x, cdf, place(node).flat());
    return true;
  }

  @Override
  public Boolean attention(Attention op, Node node) {
    AttentionCode code = new AttentionCode(emitter, op.heads(), op.scale());
    Tensor lse = node.outputs().get(1);
    View scores = code.scores(view(node, 0), view(node, 1));
    boolean lseIsRead =
        facts.isResult(lse)
            || facts.readers(lse).stream().anyMatch(reader -> !isGradient(reader, node));
    if (lseIsRead) {
      code.logSumExp(scores, values.place(lse));
    }
    View soft = code.weights(scores);
    weights.put(lse, soft);
    code.mix(soft, view(node, 2), values.place(node.outputs().get(0)));
    return true;
  }

  private static boolean isGradient(Node reader, Node attention) {
    Attention op = (Attention) attention.op();
    return reader.op().equals(new AttentionGrad(op.heads(), op.scale()))
        && reader.inputs().subList(1, 4).equals(attention.inputs())
        && reader.inputs().subList(4, 6).equals(attention.outputs());
  }

  @Override
  public Boolean attentionGrad(AttentionGrad op, Node node) {
    AttentionCode code = new AttentionCode(emitter, op.heads(), op.scale());
    Tensor lse = node.input(5);
    Node forward = facts.producer(lse);
    View soft;
    if (forward.op() instanceof Attention && isGradient(node, forward)) {
      soft = Objects.requireNonNull(weights.get(lse));
    } else {
      soft = code.scores(view(node, 1), view(node, 2));
      code.weightsFrom(soft, dense(node, 5));
    }
    code.backward(
        dense(node, 0),
        view(node, 1),
        view(node, 2),
        view(node, 3),
        dense(node, 4),
        soft,
        values.place(node.outputs().get(0)),
        values.place(node.outputs().get(1)),
        values.place(node.outputs().get(2)));
    return true;
  }

  @Override
  public Boolean crossEntropy(CrossEntropy op, Node node) {
    SoftmaxCode.crossEntropy(emitter, dense(node, 0), dense(node, 1), place(node));
    return true;
  }

  @Override
  public Boolean crossEntropyGrad(CrossEntropyGrad op, Node node) {
    SoftmaxCode.gradient(emitter, dense(node, 0), dense(node, 1), dense(node, 2), place(node));
    return true;
  }

  @Override
  public Boolean reshape(Reshape op, Node node) {
    return alias(node, dense(node, 0).reshape(op.shape()));
  }

  @Override
  public Boolean broadcast(Broadcast op, Node node) {
    emitter.broadcast(dense(node, 0), place(node));
    return true;
  }

  @Override
  public Boolean split(Split op, Node node) {
    View x = view(node, 0);
    int from = 0;
    for (int i = 0; i < op.sizes().size(); i++) {
      values.put(node.outputs().get(i), x.slice(op.axis(), from, op.sizes().get(i)));
      from += op.sizes().get(i);
    }
    return true;
  }

  @Override
  public Boolean concat(Concat op, Node node) {
    List<View> parts = node.inputs().stream().map(values::dense).toList();
    emitter.kernel("concat", parts, place(node), (long) op.axis());
    return true;
  }

  @Override
  public Boolean gatherTokens(GatherTokens op, Node node) {
    View index = rowIndex(node, node.input(0));
    emitter.kernel("gather", List.of(dense(node, 0).rows(), index), place(node).rows(), 0L);
    return true;
  }

  @Override
  public Boolean scatterTokens(ScatterTokens op, Node node) {
    View index = rowIndex(node, node.output());
    View to = place(node);
    emitter.fill(0, to);
    emitter.kernel("scatter_upd", List.of(to.rows(), index, dense(node, 0).rows()), to.rows());
    return true;
  }

  /**
   * The numbers of the rows of {@code tokens} [B, N, D] or [1, N, D] that a node's indices name.
   */
  private View rowIndex(Node node, Tensor tokens) {
    Input input = (Input) facts.producer(node.input(1)).op();
    boolean shared = tokens.dim(0) == 1;
    return inputs.rows(
        input.input(), tokens.dim(1), shared, Math.toIntExact(input.type().shape().size()));
  }

  @Override
  public Boolean binary(Binary op, Node node) {
    View a = dense(node, 0);
    View b = dense(node, 1);
    View to = place(node);
    if (a.shape().equals(b.shape())) {
      a = a.flat();
      b = b.flat();
      to = to.flat();
    }
    switch (op.kind()) {
      case ADD -> emitter.add(a, b, to);
      case SUB -> emitter.subtract(a, b, to);
      case MUL -> emitter.multiply(a, b, to);
      case DIV -> emitter.divide(a, b, to);
    }
    return true;
  }

  @Override
  public Boolean unary(Unary op, Node node) {
    View x = dense(node, 0).flat();
    View to = place(node).flat();
    switch (op.kind()) {
      case SQRT -> emitter.transform(Transform.Function.SQRT, x, to);
      case SQUARE -> emitter.multiply(x, x, to);
    }
    return true;
  }

  @Override
  public Boolean affine(Affine op, Node node) {
    View x = dense(node, 0).flat();
    View to = place(node).flat();
    emitter.multiply(x, emitter.scalar(op.factor()), to);
    if (op.offset() != 0) {
      emitter.add(to, emitter.scalar(op.offset()), to);
    }
    return true;
  }

  @Override
  public Boolean sum(Sum op, Node node) {
    if (op.axes().isEmpty()) {
      return alias(node, view(node, 0));
    }
    SumCode.sum(emitter, dense(node, 0), op.axes(), place(node));
    return true;
  }

  @Override
  public Boolean adamW(AdamW op, Node node) {
    AdamWFactors factors = AdamWCode.factors(emitter, op, dense(node, 4), dense(node, 5));
    AdamWCode.stepInto(
        emitter,
        factors,
        new View[] {dense(node, 0), dense(node, 2), dense(node, 3)},
        dense(node, 1),
        node.outputs().stream().map(values::place).toArray(View[]::new));
    return true;
  }

  /** Whether a view lies in the memory of the states. */
  static boolean isState(View view) {
    return view.block().home() == Block.Home.STATE;
  }
}
