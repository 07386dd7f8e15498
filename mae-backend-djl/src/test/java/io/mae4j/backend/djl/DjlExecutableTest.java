package io.mae4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.backend.Precision;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.graph.op.AttentionGrad;
import io.mae4j.backend.djl.script.Script;
import io.mae4j.backend.djl.script.Target;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is particular to this engine; what every engine must do is in the contract of the test kit.
 */
class DjlExecutableTest {
  private static final Shape SHAPE = Shape.of(3, 5);
  private static final Map<String, Array> RATE =
      Map.of("lr", Array.scalar(.1f), "t", Array.scalar(3));
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = new DjlBackendProvider().open(BackendOptions.cpu());
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static Array random(long seed, int... dims) {
    Random random = new Random(seed);
    Shape shape = Shape.of(dims);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Array.of(shape, values);
  }

  private static Executable compile(GraphBuilder graph, StateSpec... states) {
    return backend.compile(
        new Program("test", List.of(states), List.of(graph.build())), CompileOptions.fp32());
  }

  private static StateSpec state(String name) {
    return new StateSpec(name, SHAPE);
  }

  private static List<Tensor> adamW(GraphBuilder graph, Tensor gradient) {
    return graph.apply(
        new AdamW(.9, .95, 1e-8, .05),
        List.of(
            graph.state("p", SHAPE),
            gradient,
            graph.state("m", SHAPE),
            graph.state("v", SHAPE),
            graph.input("lr", TensorType.real()),
            graph.input("t", TensorType.real())));
  }

  private static Map<String, Array> start() {
    Array second = random(3, 3, 5);
    float[] squares = second.floats();
    for (int i = 0; i < squares.length; i++) {
      squares[i] *= squares[i];
    }
    return Map.of("p", random(1, 3, 5), "m", random(2, 3, 5), "v", second, "g", random(4, 1, 5));
  }

  /** AdamW of one element, as its definition says. */
  private static double[] step(double p, double g, double m, double v) {
    double first = .9 * m + .1 * g;
    double second = .95 * v + .05 * g * g;
    double root = Math.sqrt(second) / Math.sqrt(1 - Math.pow(.95, 3));
    double rate = .1;
    double next = p * (1 - rate * .05) - rate / (1 - Math.pow(.9, 3)) * first / (root + 1e-8);
    return new double[] {next, first, second};
  }

  private static void assertStepped(Map<String, Array> before, Map<String, Array> after) {
    for (int i = 0; i < 15; i++) {
      float gradient = floats(before, "g")[i % 5];
      double[] expected =
          step(floats(before, "p")[i], gradient, floats(before, "m")[i], floats(before, "v")[i]);
      assertThat(floats(after, "p")[i]).isCloseTo((float) expected[0], within(1e-6f));
      assertThat(floats(after, "m")[i]).isCloseTo((float) expected[1], within(1e-6f));
      assertThat(floats(after, "v")[i]).isCloseTo((float) expected[2], within(1e-6f));
    }
  }

  /**
   * A gradient [3, 5] that is one row seen three times: memory that the fused kernel must not walk.
   */
  private static Tensor stridedGradient(GraphBuilder graph) {
    return graph.broadcast(graph.state("g", Shape.of(1, 5)), SHAPE);
  }

  private static float[] floats(Map<String, Array> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name).floats();
  }

  private static float[] read(Executable executable, String state) {
    return floats(executable.read(List.of(state)), state);
  }

  @Test
  void fusedStepInPlaceFollowsTheDefinition() {
    GraphBuilder graph = new GraphBuilder("step");
    List<Tensor> next = adamW(graph, stridedGradient(graph));
    graph.update("p", next.get(0));
    graph.update("m", next.get(1));
    graph.update("v", next.get(2));
    try (Executable executable =
        compile(graph, state("p"), state("m"), state("v"), new StateSpec("g", Shape.of(1, 5)))) {
      executable.write(start());
      executable.run("step", RATE, Set.of());
      assertStepped(start(), executable.read(List.of("p", "m", "v")));
    }
  }

  @Test
  void stepThatCannotRunInPlaceFollowsTheSameDefinition() {
    GraphBuilder graph = new GraphBuilder("step");
    List<Tensor> next = adamW(graph, stridedGradient(graph));
    graph.output("p", next.get(0));
    graph.output("m", next.get(1));
    graph.output("v", next.get(2));
    try (Executable executable =
        compile(graph, state("p"), state("m"), state("v"), new StateSpec("g", Shape.of(1, 5)))) {
      executable.write(start());
      assertStepped(start(), executable.run("step", RATE, Set.of("p", "m", "v")));
      assertThat(read(executable, "p")).isEqualTo(floats(start(), "p"));
    }
  }

  @Test
  void outputsSeeTheParametersFromBeforeTheFusedStep() {
    GraphBuilder graph = new GraphBuilder("step");
    List<Tensor> next = adamW(graph, graph.state("p", SHAPE));
    graph.update("p", next.get(0));
    graph.update("m", next.get(1));
    graph.update("v", next.get(2));
    graph.output("old", graph.reshape(graph.state("p", SHAPE), Shape.of(15)));
    graph.update("copy", graph.state("p", SHAPE));
    try (Executable executable =
        compile(graph, state("p"), state("m"), state("v"), state("copy"))) {
      Array p = random(1, 3, 5);
      executable.write(Map.of("p", p));
      Map<String, Array> fetched = executable.run("step", RATE, Set.of("old"));
      assertThat(floats(fetched, "old")).isEqualTo(p.floats());
      assertThat(read(executable, "copy")).isEqualTo(p.floats());
      assertThat(read(executable, "p")).isNotEqualTo(p.floats());
    }
  }

  @Test
  void statesCanBeSwapped() {
    GraphBuilder graph = new GraphBuilder("swap");
    graph.update("a", graph.state("b", SHAPE));
    graph.update("b", graph.state("a", SHAPE));
    try (Executable executable = compile(graph, state("a"), state("b"))) {
      executable.write(Map.of("a", random(1, 3, 5), "b", random(2, 3, 5)));
      executable.run("swap", Map.of(), Set.of());
      assertThat(read(executable, "a")).isEqualTo(random(2, 3, 5).floats());
      assertThat(read(executable, "b")).isEqualTo(random(1, 3, 5).floats());
    }
  }

  @Test
  void composedAttentionAgreesWithTheFlashKernel() {
    Program program = new Program("attention", List.of(), List.of(attention()));
    NativeContext context = new NativeContext(PyTorch.engine(), Device.cpu(), 2);
    Map<String, Array> inputs =
        Map.of(
            "q",
            random(1, 2, 7, 12),
            "k",
            random(2, 2, 4, 12),
            "v",
            random(3, 2, 4, 12),
            "dout",
            random(4, 2, 7, 12));
    Set<String> all = attention().outputs().keySet();
    Map<String, Array> flash =
        run(context, program, new Target("cpu", false, true, true), inputs, all);
    Map<String, Array> composed = run(context, program, Target.plain("cpu"), inputs, all);
    all.forEach(
        output ->
            assertThat(floats(composed, output))
                .as(output)
                .usingComparatorWithPrecision(2e-6f)
                .containsExactly(floats(flash, output)));
  }

  private static io.mae4j.api.graph.Graph attention() {
    GraphBuilder graph = new GraphBuilder("attention");
    Tensor q = graph.input("q", TensorType.real(2, 7, 12));
    Tensor k = graph.input("k", TensorType.real(2, 4, 12));
    Tensor v = graph.input("v", TensorType.real(2, 4, 12));
    Tensor dout = graph.input("dout", TensorType.real(2, 7, 12));
    List<Tensor> forward = graph.apply(new Attention(3, .5), List.of(q, k, v));
    graph.output("out", forward.get(0));
    graph.output("lse", forward.get(1));
    List<Tensor> backward =
        graph.apply(
            new AttentionGrad(3, .5), List.of(dout, q, k, v, forward.get(0), forward.get(1)));
    graph.output("dq", backward.get(0));
    graph.output("dk", backward.get(1));
    graph.output("dv", backward.get(2));
    return graph.build();
  }

  private static Map<String, Array> run(
      NativeContext context,
      Program program,
      Target target,
      Map<String, Array> inputs,
      Set<String> fetch) {
    try (Executable executable =
        new DjlExecutable(
            context, program, Script.of(program, target, Precision.FP32), closed -> {})) {
      return executable.run("attention", inputs, fetch);
    }
  }

  @Test
  void closingTheBackendClosesItsExecutables() {
    GraphBuilder graph = new GraphBuilder("g");
    graph.output("y", graph.input("x", TensorType.real(2)));
    Backend own = new DjlBackendProvider().open(new BackendOptions("cpu", 1));
    Executable executable =
        own.compile(new Program("test", List.of(), List.of(graph.build())), CompileOptions.fp32());
    own.close();
    assertThatThrownBy(() -> executable.run("g", Map.of("x", random(1, 2)), Set.of("y")))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("after it was closed");
  }
}
