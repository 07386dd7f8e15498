package io.mae4j.backend.djl.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.graph.op.LayerNorm;
import io.mae4j.api.graph.op.LayerNormGrad;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final Target ONE_DNN = new Target("cpu", true, true, true);
  private static final Target WITHOUT_BFLOAT16 = new Target("cpu", true, true, false);
  private static final Shape SQUARE = Shape.of(4, 4);

  private static Method compile(GraphBuilder graph, Target target) {
    return compile(graph.build(), target);
  }

  private static Method compile(Graph graph, Target target) {
    return new GraphCompiler(graph, target, false).compile("m");
  }

  private static List<Tensor> adamW(
      GraphBuilder graph, String name, Tensor gradient, double decay) {
    return graph.apply(
        new AdamW(.9, .95, 1e-8, decay),
        List.of(
            graph.state(name, gradient.shape()),
            gradient,
            graph.state(name + ".m", gradient.shape()),
            graph.state(name + ".v", gradient.shape()),
            graph.input("lr", TensorType.real()),
            graph.input("t", TensorType.real())));
  }

  private static void update(GraphBuilder graph, String name, List<Tensor> values) {
    graph.update(name, values.get(0));
    graph.update(name + ".m", values.get(1));
    graph.update(name + ".v", values.get(2));
  }

  @Test
  void listsOverwrittenByTheFusedStepAreArguments() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor gradient = graph.input("x", TensorType.real(SQUARE));
    update(graph, "a", adamW(graph, "a", gradient, .05));
    update(graph, "b", adamW(graph, "b", gradient, 0));
    update(graph, "c", adamW(graph, "c", gradient, .05));

    Method method = compile(graph, ONE_DNN);

    assertThat(method.states())
        .containsEntry("p0", List.of("a", "c"))
        .containsEntry("m0", List.of("a.m", "c.m"));
    assertThat(method.states())
        .containsEntry("p1", List.of("b"))
        .containsEntry("v1", List.of("b.v"));
    assertThat(method.text())
        .contains(
            "p0: List[Tensor]",
            "torch._fused_adamw_(p0, [x0, x1], m0, v0,",
            "torch._fused_adamw_(p1, [x2], m1, v1,")
        .doesNotContain("copy_");
  }

  @Test
  void gradientsOfTheFusedStepAreMadeDense() {
    GraphBuilder graph = new GraphBuilder("g");
    update(graph, "a", adamW(graph, "a", graph.input("x", TensorType.real(SQUARE)), 0));

    assertThat(compile(graph, ONE_DNN).text()).contains("x0 = torch.contiguous(i0)");
  }

  @Test
  void stepWhoseResultIsReadElsewhereIsNotDoneInPlace() {
    GraphBuilder graph = new GraphBuilder("g");
    List<Tensor> values = adamW(graph, "a", graph.input("x", TensorType.real(SQUARE)), 0);
    update(graph, "a", values);
    graph.output("doubled", graph.add(values.get(0), values.get(0)));

    assertThat(compile(graph, ONE_DNN).text())
        .doesNotContain("_fused_adamw_")
        .contains("torch.copy_(s[0]");
  }

  @Test
  void viewOfChangingStateIsSetAside() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor state = graph.state("a", SQUARE);
    graph.output("before", graph.reshape(state, Shape.of(16)));
    graph.update("a", graph.affine(state, 2, 0));

    String text = compile(graph, ONE_DNN).text();

    assertThat(text.indexOf("torch.clone(")).isPositive().isLessThan(text.indexOf("torch.copy_("));
  }

  @Test
  void additionAfterLinearBecomesOneKernel() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor x = graph.input("x", TensorType.real(SQUARE));
    graph.output(
        "y",
        graph.add(x, graph.linear(x, graph.state("w", SQUARE), graph.state("b", Shape.of(4)))));
    Graph built = graph.build();

    assertThat(compile(built, ONE_DNN).text())
        .contains("ops.mkldnn._linear_pointwise(i0, i0, s[1], s[0], \"add\")");
    assertThat(compile(built, Target.plain("cpu")).text()).contains("torch.linear(", "torch.add(");
  }

  @Test
  void operandsThatLieAnyhowAreMadeDenseBeforeTheyAreRounded() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor x = graph.broadcast(graph.input("x", TensorType.real(4)), SQUARE);
    graph.output("y", graph.linear(x, graph.state("w", SQUARE), graph.state("b", Shape.of(4))));
    Graph built = graph.build();

    String fast = bfloat16(built, ONE_DNN);
    assertThat(fast)
        .containsPattern("torch.to\\(torch.contiguous\\(t\\d+\\), 15\\)")
        .containsPattern("torch.to\\(torch.linear\\(x\\d+, x\\d+, x\\d+\\), 6\\)");

    assertThat(bfloat16(built, WITHOUT_BFLOAT16))
        .containsPattern("torch.to\\(torch.to\\(torch.contiguous\\(t\\d+\\), 15\\), 6\\)")
        .contains("ops.mkldnn._linear_pointwise");
  }

  @Test
  void whatOnlyProductsReadStaysNarrowBetweenThem() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor hidden = graph.gelu(mapped(graph));
    graph.output("y", readByAProduct(graph, hidden));
    graph.output("sums", graph.sum(hidden, true, 0));
    Graph built = graph.build();

    assertThat(bfloat16(built, ONE_DNN))
        .containsPattern("t\\d+ = torch.linear\\(")
        .containsPattern("t(\\d+) = torch.gelu\\(t\\d+, approximate=\"none\"\\)")
        .containsPattern("t\\d+ = torch.to\\(torch.linear\\(t\\d+, x\\d+, x\\d+\\), 6\\)")
        .containsPattern("torch.sum\\(t\\d+, \\[0\\], True, dtype=6\\)");
    assertThat(bfloat16(built, WITHOUT_BFLOAT16))
        .doesNotContain("dtype=6")
        .doesNotContainPattern("t\\d+ = torch.linear\\(");
  }

  private static Tensor readByAProduct(GraphBuilder graph, Tensor tensor) {
    return graph.linear(tensor, graph.state("v", SQUARE), graph.state("c", Shape.of(4)));
  }

  private static String bfloat16(Graph graph, Target target) {
    return new GraphCompiler(graph, target, true).compile("g").text();
  }

  @Test
  void whatAnAdditionReadsIsWidened() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor x = mapped(graph);
    Tensor hidden = graph.gelu(x);
    graph.output("y", readByAProduct(graph, hidden));
    graph.output("z", graph.add(x, x));

    assertThat(bfloat16(graph.build(), ONE_DNN)).doesNotContainPattern("t\\d+ = torch.linear\\(");
  }

  @Test
  void linearThatIsReadTwiceStaysOnItsOwn() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor x = graph.input("x", TensorType.real(SQUARE));
    Tensor y = graph.linear(x, graph.state("w", SQUARE), graph.state("b", Shape.of(4)));
    graph.output("sum", graph.add(x, y));
    graph.output("y", y);

    assertThat(compile(graph, ONE_DNN).text()).doesNotContain("\"add\"");
  }

  @Test
  void normGradientReadsDenseMemory() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor x = graph.input("x", TensorType.real(SQUARE));
    Tensor weight = graph.state("w", Shape.of(4));
    List<Tensor> norm =
        graph.apply(new LayerNorm(1e-6), List.of(x, weight, graph.state("b", Shape.of(4))));
    Tensor repeated = graph.broadcast(graph.fill(1, Shape.of(1)), SQUARE);
    List<Tensor> gradients =
        graph.apply(new LayerNormGrad(), List.of(repeated, x, norm.get(1), norm.get(2), weight));
    graph.output("dx", gradients.get(0));

    assertThat(compile(graph, ONE_DNN).text())
        .containsPattern("native_layer_norm_backward\\(torch.contiguous\\(t\\d+\\), i0,");
  }

  @Test
  void sumOverNoAxesSumsNothing() {
    GraphBuilder graph = new GraphBuilder("g");
    graph.output("y", graph.sum(graph.input("x", TensorType.real(SQUARE)), false));

    assertThat(compile(graph, ONE_DNN).text()).doesNotContain("torch.sum");
  }

  @Test
  void newTensorsAreMadeOnTheDevice() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor x = graph.input("x", TensorType.real(2, 3, 4));
    Tensor index = graph.input("index", new TensorType(DType.INT32, Shape.of(2, 3)));
    graph.output("y", graph.add(graph.scatterTokens(x, index, 5), graph.fill(1, Shape.of(4))));

    String text = compile(graph, Target.plain("cuda:1")).text();

    assertThat(text.split("torch.device\\(\"cuda:1\"\\)", -1))
        .as("zeros, row numbers, fill")
        .hasSize(4);
    assertThat(text).doesNotContain("cpu");
  }

  @Test
  void numbersReadBackAsTheSameDouble() {
    assertThat(Text.number(1e-6)).isEqualTo("1.0E-6");
    assertThat(Text.number(Double.NEGATIVE_INFINITY)).isEqualTo("float(\"-inf\")");
    assertThat(Text.number(Double.NaN)).isEqualTo("float(\"nan\")");
  }

  @Test
  void partsOfABatchRunSideBySide() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor weight = graph.square(graph.state("w", SQUARE));
    Tensor first = graph.part(0, () -> scaled(graph, weight));
    Tensor second = graph.part(1, () -> scaled(graph, weight));
    graph.output("sum", graph.add(first, second));

    Method method = compile(graph, ONE_DNN);

    assertThat(method.parallel()).isEqualTo(2);
    assertThat(method.inputs()).containsExactly("x#0", "x#1");
    assertThat(method.text())
        .containsSubsequence(
            "t1 = torch.mul(s[0], s[0])",
            "def part1():",
            "      t5 = torch.mul(i1, t1)",
            "      return [t5]",
            "future1 = fork(part1)",
            "    t3 = torch.mul(i0, t1)",
            "x0 = torch.wait(future1)",
            "t5 = x0[0]",
            "t6 = torch.add(t3, t5)");
  }

  private static Tensor scaled(GraphBuilder graph, Tensor weight) {
    return graph.mul(graph.input("x", TensorType.real(SQUARE)), weight);
  }

  @Test
  void anAdditionOfSeveralPartsIsNotFusedIntoALinearMapOfOne() {
    GraphBuilder graph = new GraphBuilder("g");
    Tensor first = graph.part(0, () -> mapped(graph));
    Tensor second = graph.part(1, () -> mapped(graph));
    graph.output("sum", graph.add(first, second));

    assertThat(compile(graph, ONE_DNN).text()).doesNotContain("\"add\"").contains("torch.add(");
  }

  private static Tensor mapped(GraphBuilder graph) {
    return graph.linear(
        graph.input("x", TensorType.real(SQUARE)),
        graph.state("w", SQUARE),
        graph.state("b", Shape.of(4)));
  }
}
