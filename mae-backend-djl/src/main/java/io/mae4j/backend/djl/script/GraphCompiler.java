package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphParts;
import io.mae4j.api.graph.Node;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes the statements of one graph, an operator at a time, in the order of its nodes. Each case
 * gives every output of its node an expression. Where a graph has parts that do not need each
 * other, the first runs where the method was called, and each other one as a function of its own on
 * another thread.
 */
final class GraphCompiler implements OpVisitor<Body> {
  private static final String FUNCTION = "part";
  private static final String FUTURE = "future";

  private final Graph graph;
  private final Target target;
  private final GraphFacts facts;
  private final UpdatePlan plan;
  private final GraphParts parts;
  private final LinearFusion fusion;
  private final Arguments arguments;
  private final Body body = new Body();
  private final Rounding rounding;
  private final AttentionCode attention;
  private final TokenCode tokens;

  /**
   * Prepares to write a graph.
   *
   * @param bfloat16 whether matrix products take operands of that type
   */
  GraphCompiler(Graph graph, Target target, boolean bfloat16) {
    this.graph = graph;
    this.target = target;
    this.facts = new GraphFacts(graph);
    this.plan = new UpdatePlan(graph, facts);
    this.parts = new GraphParts(graph);
    this.fusion =
        target.oneDnnLinear() && !bfloat16
            ? LinearFusion.of(graph, facts, parts)
            : LinearFusion.none();
    this.arguments = new Arguments(graph, facts, plan);
    boolean narrow = bfloat16 && target.bfloat16Products();
    this.rounding =
        new Rounding(body, bfloat16, narrow, narrow ? NarrowTensors.of(graph, facts) : Set.of());
    this.attention = new AttentionCode(body, rounding, target.flashAttention());
    this.tokens = new TokenCode(body, target);
  }

  Method compile(String name) {
    write(GraphParts.BEFORE);
    roundForAllParts();
    List<List<Tensor>> results = new ArrayList<>();
    for (int part = 1; part < parts.count(); part++) {
      results.add(writeFunction(part));
    }
    for (int part = 1; part < parts.count(); part++) {
      body.line(FUTURE + part + " = fork(" + FUNCTION + part + ")");
    }
    if (parts.count() > 0) {
      rounding.enterFunction();
      write(0);
    }
    for (int part = 1; part < parts.count(); part++) {
      await(part, results.get(part - 1));
    }
    write(GraphParts.AFTER);
    new UpdateCode(body, facts, plan, arguments).write(graph);
    return arguments.method(name, graph, Math.max(1, parts.count()), body.text());
  }

  /** Rounds what is computed before all parts once, and not in each of them. */
  private void roundForAllParts() {
    for (Node node : graph.nodes()) {
      if (rounding.active() && (node.op() instanceof Linear || node.op() instanceof MatMul)) {
        node.inputs().stream()
            .filter(tensor -> parts.of(facts.producer(tensor)) == GraphParts.BEFORE)
            .forEach(rounding::operand);
      }
    }
  }

  private void write(int part) {
    for (Node node : graph.nodes()) {
      if (parts.of(node) == part && !plan.isInPlace(node) && !fusion.isFused(node)) {
        node.op().accept(this, node);
      }
    }
  }

  /** Writes the function that computes a part, and tells what it returns. */
  private List<Tensor> writeFunction(int part) {
    List<Tensor> results = parts.results(part);
    body.function(
        FUNCTION + part,
        () -> {
          rounding.enterFunction();
          write(part);
          body.line("return " + Text.tensors(results.stream().map(body::use).toList()));
        });
    return results;
  }

  private void await(int part, List<Tensor> results) {
    String list = body.temporary("torch.wait(" + FUTURE + part + ")");
    for (int i = 0; i < results.size(); i++) {
      Tensor result = results.get(i);
      body.define(result, list + "[" + i + "]", body.layout(result));
    }
  }

  private Body define(Node node, String expression, Layout layout) {
    body.define(node.output(), expression, layout);
    return body;
  }

  private Body elementwise(Node node, String expression) {
    return define(
        node, expression, Layout.ofElementwise(node.inputs().stream().map(body::layout).toList()));
  }

  private Body unpack(Node node, String expression) {
    String[] names = body.unpack(node.outputs().size(), expression);
    for (int i = 0; i < names.length; i++) {
      body.bind(node.outputs().get(i), names[i], Layout.DENSE);
    }
    return body;
  }

  private String use(Node node, int input) {
    return body.use(node.input(input));
  }

  @Override
  public Body input(Input op, Node node) {
    body.bind(node.output(), arguments.input(op.input()), Layout.DENSE);
    return body;
  }

  @Override
  public Body state(State op, Node node) {
    body.bind(node.output(), arguments.state(op.state()), Layout.DENSE);
    return body;
  }

  @Override
  public Body constant(Constant op, Node node) {
    body.bind(node.output(), arguments.constant(op.value()), Layout.DENSE);
    return body;
  }

  @Override
  public Body fill(Fill op, Node node) {
    return define(
        node,
        "torch.full("
            + Text.list(op.shape())
            + ", "
            + Text.number(op.value())
            + target.newReals()
            + ")",
        Layout.DENSE);
  }

  @Override
  public Body matMul(MatMul op, Node node) {
    boolean plain = node.output().shape().rank() == 2;
    String a = operand(node.input(0), op.transposeA());
    String b = operand(node.input(1), op.transposeB());
    return define(
        node,
        rounding.result(
            (plain ? "torch.mm(" : "torch.matmul(") + a + ", " + b + ")", node.output()),
        plain ? Layout.DENSE : Layout.ANY);
  }

  private String operand(Tensor tensor, boolean transposed) {
    String operand = rounding.operand(tensor);
    return transposed ? "torch.transpose(" + operand + ", -2, -1)" : operand;
  }

  @Override
  public Body linear(Linear op, Node node) {
    String bias = node.inputs().size() == 3 ? rounding.operand(node.input(2)) : "None";
    String operands =
        rounding.denseOperand(node.input(0))
            + ", "
            + rounding.denseOperand(node.input(1))
            + ", "
            + bias;
    String call =
        target.oneDnnLinear() && rounding.singlePrecisionTensors()
            ? "ops.mkldnn._linear_pointwise(" + operands + ", \"none\", [], \"none\")"
            : "torch.linear(" + operands + ")";
    return define(node, rounding.result(call, node.output()), Layout.DENSE);
  }

  private Body linearWithAddition(Node linear, Node addition) {
    Tensor other = addition.input(addition.input(0).equals(linear.output()) ? 1 : 0);
    String bias = linear.inputs().size() == 3 ? use(linear, 2) : "None";
    String operands =
        String.join(
            ", ",
            body.dense(linear.input(0)),
            body.dense(other),
            body.dense(linear.input(1)),
            bias);
    return define(
        addition, "ops.mkldnn._linear_pointwise(" + operands + ", \"add\")", Layout.DENSE);
  }

  @Override
  public Body layerNorm(LayerNorm op, Node node) {
    String operands =
        String.join(
            ", ", body.dense(node.input(0)), width(node.input(0)), use(node, 1), use(node, 2));
    return unpack(node, "torch.native_layer_norm(" + operands + ", " + Text.number(op.eps()) + ")");
  }

  @Override
  public Body layerNormGrad(LayerNormGrad op, Node node) {
    // The kernel reads the memory of the gradient and the statistics in row-major order, whatever
    // their strides. Of the bias it takes
    // only the shape, which is the weight's.
    String weight = body.dense(node.input(4));
    String operands =
        String.join(
            ", ",
            body.dense(node.input(0)),
            body.dense(node.input(1)),
            width(node.input(1)),
            body.dense(node.input(2)),
            body.dense(node.input(3)),
            weight,
            weight);
    return unpack(node, "torch.native_layer_norm_backward(" + operands + ", [True, True, True])");
  }

  private static String width(Tensor tensor) {
    return Text.list(tensor.dim(-1));
  }

  @Override
  public Body gelu(Gelu op, Node node) {
    return elementwise(node, "torch.gelu(" + use(node, 0) + ", approximate=\"none\")");
  }

  @Override
  public Body geluGrad(GeluGrad op, Node node) {
    return elementwise(
        node,
        "torch.gelu_backward(" + use(node, 0) + ", " + use(node, 1) + ", approximate=\"none\")");
  }

  @Override
  public Body attention(Attention op, Node node) {
    attention.forward(op, node);
    return body;
  }

  @Override
  public Body attentionGrad(AttentionGrad op, Node node) {
    attention.backward(op, node);
    return body;
  }

  @Override
  public Body crossEntropy(CrossEntropy op, Node node) {
    return define(
        node,
        "torch.neg(torch.sum(torch.mul("
            + use(node, 1)
            + ", torch.log_softmax("
            + use(node, 0)
            + ", 1)), [1]))",
        Layout.DENSE);
  }

  @Override
  public Body crossEntropyGrad(CrossEntropyGrad op, Node node) {
    String targets = use(node, 2);
    String difference =
        "torch.sub(torch.mul(torch.softmax("
            + use(node, 1)
            + ", 1), torch.sum("
            + targets
            + ", [1], True)), "
            + targets
            + ")";
    return define(
        node,
        "torch.mul(torch.unsqueeze(" + use(node, 0) + ", 1), " + difference + ")",
        Layout.ANY);
  }

  @Override
  public Body reshape(Reshape op, Node node) {
    return define(
        node,
        "torch.reshape(" + use(node, 0) + ", " + Text.list(op.shape()) + ")",
        body.layout(node.input(0)));
  }

  @Override
  public Body broadcast(Broadcast op, Node node) {
    return define(
        node, "torch.expand(" + use(node, 0) + ", " + Text.list(op.shape()) + ")", Layout.ANY);
  }

  @Override
  public Body split(Split op, Node node) {
    Layout layout =
        body.layout(node.input(0)) == Layout.DENSE ? Layout.ROWS : body.layout(node.input(0));
    int start = 0;
    for (int i = 0; i < op.sizes().size(); i++) {
      int size = op.sizes().get(i);
      if (facts.isUsed(node.outputs().get(i))) {
        String piece =
            "torch.narrow(" + use(node, 0) + ", " + op.axis() + ", " + start + ", " + size + ")";
        body.define(node.outputs().get(i), piece, layout);
      }
      start += size;
    }
    return body;
  }

  @Override
  public Body concat(Concat op, Node node) {
    List<String> parts = node.inputs().stream().map(body::use).toList();
    return define(
        node,
        "torch.cat(" + Text.tensors(parts) + ", " + op.axis() + ")",
        node.output().shape().rank() < 4 ? Layout.DENSE : Layout.ANY);
  }

  @Override
  public Body gatherTokens(GatherTokens op, Node node) {
    return define(node, tokens.gather(node), Layout.DENSE);
  }

  @Override
  public Body scatterTokens(ScatterTokens op, Node node) {
    return define(node, tokens.scatter(op, node), Layout.DENSE);
  }

  @Override
  public Body binary(Binary op, Node node) {
    String function = "torch." + op.kind().name().toLowerCase(Locale.ROOT);
    return fusion
        .linearOf(node)
        .map(linear -> linearWithAddition(linear, node))
        .orElseGet(
            () -> elementwise(node, function + "(" + use(node, 0) + ", " + use(node, 1) + ")"));
  }

  @Override
  public Body unary(Unary op, Node node) {
    String x = use(node, 0);
    return elementwise(
        node,
        op.kind() == Unary.Kind.SQUARE
            ? "torch.mul(" + x + ", " + x + ")"
            : "torch.sqrt(" + x + ")");
  }

  @Override
  public Body affine(Affine op, Node node) {
    String x = use(node, 0);
    String scaled = op.factor() == 1 ? x : "torch.mul(" + x + ", " + Text.number(op.factor()) + ")";
    return elementwise(
        node,
        op.offset() == 0 && op.factor() != 1
            ? scaled
            : "torch.add(" + scaled + ", " + Text.number(op.offset()) + ")");
  }

  @Override
  public Body sum(Sum op, Node node) {
    if (op.axes().isEmpty()) { // to libtorch, no axes are all axes
      body.bind(node.output(), use(node, 0), body.layout(node.input(0)));
      return body;
    }
    String keepDims = op.keepDims() ? "True" : "False";
    String type = rounding.isKept(node.input(0)) ? ", dtype=" + Target.FLOAT32 : "";
    return define(
        node,
        "torch.sum(" + use(node, 0) + ", " + op.axes() + ", " + keepDims + type + ")",
        Layout.ANY);
  }

  /**
   * A step whose results are not simply its states' new values, so that it cannot overwrite them.
   */
  @Override
  public Body adamW(AdamW op, Node node) {
    new AdamWCode(body).write(op, node);
    return body;
  }
}
