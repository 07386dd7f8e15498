package io.mae4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** States: written, read, and updated as if all updates happened at once after the run. */
abstract class StateContract extends EnginePart {
  private static final Shape PAIR = Shape.of(2);

  private static StateSpec pair(String name) {
    return new StateSpec(name, PAIR);
  }

  private static Array pair(float first, float second) {
    return Array.of(PAIR, new float[] {first, second});
  }

  private static Graph graph(String name, Consumer<GraphBuilder> trace) {
    GraphBuilder builder = new GraphBuilder(name);
    trace.accept(builder);
    return builder.build();
  }

  private static void run(Executable executable, String graph) {
    assertThat(executable.run(graph, Map.of(), Set.of())).isEmpty();
  }

  private static float[] fetch(Executable executable, String graph, String output) {
    Map<String, Array> fetched = executable.run(graph, Map.of(), Set.of(output));
    assertThat(fetched).containsOnlyKeys(output);
    return Objects.requireNonNull(fetched.get(output)).toFloats();
  }

  private static float[] read(Executable executable, String state) {
    Map<String, Array> states = executable.read(List.of(state));
    assertThat(states).containsOnlyKeys(state);
    return Objects.requireNonNull(states.get(state)).toFloats();
  }

  @Test
  void isZeroUntilWritten() {
    Shape shape = Shape.of(3, 1, 5);
    Program program =
        new Program(
            "zeros",
            List.of(new StateSpec("s", shape), new StateSpec("scalar", Shape.of())),
            List.of(graph("look", g -> g.output("y", g.affine(g.state("s", shape), 1, 1)))));
    try (Executable executable = compile(program)) {
      assertThat(read(executable, "s")).hasSize(15).containsOnly(0f);
      assertThat(read(executable, "scalar")).containsExactly(0f);
      assertThat(fetch(executable, "look", "y")).hasSize(15).containsOnly(1f);
    }
  }

  @Test
  void comesBackBitForBit() {
    float[] values = {
      0,
      -0f,
      1,
      0.1f,
      1 + Math.ulp(1f),
      -1 / 3f,
      Float.MIN_VALUE,
      -Float.MIN_NORMAL,
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    Shape shape = Shape.of(3, 4);
    Program program = new Program("round trip", List.of(new StateSpec("s", shape)), List.of());
    try (Executable executable = compile(program)) {
      executable.write(Map.of("s", Array.of(shape, values)));
      assertThat(bits(read(executable, "s"))).isEqualTo(bits(values));
      executable.write(executable.read(List.of("s")));
      assertThat(bits(read(executable, "s"))).isEqualTo(bits(values));
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void keepsItsShapeAndTakesDoubles() {
    Shape shape = Shape.of(2, 1, 2);
    Program program = new Program("doubles", List.of(new StateSpec("s", shape)), List.of());
    try (Executable executable = compile(program)) {
      executable.write(Map.of("s", Array.of(shape, new double[] {1, 0.1, -2, 1e-3})));
      Array array = Objects.requireNonNull(executable.read(List.of("s")).get("s"));
      assertThat(array.shape()).isEqualTo(shape);
      assertThat(array.toFloats()).containsExactly(1, 0.1f, -2, 1e-3f);
    }
  }

  @Test
  void isWrittenAloneOrTogether() {
    Program program = new Program("three", List.of(pair("a"), pair("b"), pair("c")), List.of());
    try (Executable executable = compile(program)) {
      executable.write(Map.of("a", pair(1, 2), "b", pair(3, 4)));
      executable.write(Map.of("b", pair(5, 6)));
      executable.write(Map.of());
      assertThat(executable.read(List.of("c", "a"))).containsOnlyKeys("a", "c");
      assertThat(executable.read(List.of())).isEmpty();
      assertThat(read(executable, "a")).containsExactly(1, 2);
      assertThat(read(executable, "b")).containsExactly(5, 6);
      assertThat(read(executable, "c")).containsExactly(0, 0);
    }
  }

  @Test
  void whatWasReadOrFetchedDoesNotChangeLater() {
    Program program =
        new Program(
            "counter",
            List.of(pair("s")),
            List.of(
                graph(
                    "step",
                    g -> {
                      Tensor s = g.state("s", PAIR);
                      g.update("s", g.affine(s, 1, 1));
                      g.output("before", s);
                    })));
    try (Executable executable = compile(program)) {
      float[] before = fetch(executable, "step", "before");
      float[] after = read(executable, "s");
      run(executable, "step");
      executable.write(Map.of("s", pair(8, 9)));
      assertThat(before).containsExactly(0, 0);
      assertThat(after).containsExactly(1, 1);
    }
  }

  @Test
  void isUpdatedWhateverIsFetched() {
    Program program =
        new Program(
            "counter",
            List.of(pair("s")),
            List.of(
                graph(
                    "step",
                    g -> {
                      Tensor next = g.affine(g.state("s", PAIR), 1, 1);
                      g.update("s", next);
                      g.output("next", next);
                      g.output("double", g.affine(next, 2, 0));
                    })));
    try (Executable executable = compile(program)) {
      run(executable, "step");
      assertThat(fetch(executable, "step", "double")).containsExactly(4, 4);
      assertThat(fetch(executable, "step", "next")).containsExactly(3, 3);
      assertThat(read(executable, "s")).containsExactly(3, 3);
    }
  }

  @Test
  void readsTheOldValueEvenAfterTheNewOneWasComputed() {
    Program program =
        new Program(
            "old",
            List.of(pair("s")),
            List.of(
                graph(
                    "step",
                    g -> {
                      Tensor s = g.state("s", PAIR);
                      Tensor next = g.affine(s, 2, 1);
                      g.update("s", next);
                      g.output("old", s);
                      g.output("change", g.sub(next, s));
                      g.output("square", g.square(s));
                    })));
    try (Executable executable = compile(program)) {
      executable.write(Map.of("s", pair(3, -4)));
      Map<String, Array> fetched =
          executable.run("step", Map.of(), Set.of("old", "change", "square"));
      assertThat(floats(fetched, "old")).containsExactly(3, -4);
      assertThat(floats(fetched, "change")).containsExactly(4, -3);
      assertThat(floats(fetched, "square")).containsExactly(9, 16);
      assertThat(read(executable, "s")).containsExactly(7, -7);
    }
  }

  private static float[] floats(Map<String, Array> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name)).toFloats();
  }

  @Test
  void canBeSwapped() {
    Program program =
        new Program(
            "swap",
            List.of(pair("a"), pair("b")),
            List.of(
                graph(
                    "swap",
                    g -> {
                      g.update("a", g.state("b", PAIR));
                      g.update("b", g.state("a", PAIR));
                    })));
    try (Executable executable = compile(program)) {
      executable.write(Map.of("a", pair(1, 2), "b", pair(3, 4)));
      run(executable, "swap");
      assertThat(read(executable, "a")).containsExactly(3, 4);
      assertThat(read(executable, "b")).containsExactly(1, 2);
      run(executable, "swap");
      assertThat(read(executable, "a")).containsExactly(1, 2);
      assertThat(read(executable, "b")).containsExactly(3, 4);
    }
  }

  @Test
  void statesThatGotTheSameValueGoTheirOwnWayAfterwards() {
    Program program =
        new Program(
            "copies",
            List.of(pair("a"), pair("b"), pair("c")),
            List.of(
                graph(
                    "copy",
                    g -> {
                      Tensor a = g.state("a", PAIR);
                      Tensor next = g.affine(a, 2, 0);
                      g.update("b", next);
                      g.update("c", next);
                    }),
                graph("assign", g -> g.update("b", g.state("a", PAIR))),
                graph("grow", g -> g.update("b", g.affine(g.state("b", PAIR), 1, 100))),
                graph("same", g -> g.update("a", g.state("a", PAIR)))));
    try (Executable executable = compile(program)) {
      executable.write(Map.of("a", pair(1, 2)));
      run(executable, "copy");
      run(executable, "grow");
      assertThat(read(executable, "b")).containsExactly(102, 104);
      assertThat(read(executable, "c")).containsExactly(2, 4);
      run(executable, "assign");
      run(executable, "grow");
      run(executable, "same");
      assertThat(read(executable, "a")).containsExactly(1, 2);
      assertThat(read(executable, "b")).containsExactly(101, 102);
    }
  }

  @Test
  void takesInputsConstantsAndViewsAsUpdates() {
    Shape square = Shape.of(2, 2);
    Program program =
        new Program(
            "sources",
            List.of(pair("input"), pair("constant"), pair("piece"), new StateSpec("m", square)),
            List.of(
                graph(
                    "step",
                    g -> {
                      Tensor x = g.input("x", TensorType.real(PAIR));
                      g.update("input", x);
                      g.update("constant", g.fill(7, PAIR));
                      Tensor m = g.state("m", square);
                      g.update("piece", g.reshape(g.split(m, 1, 1, 1).get(1), PAIR));
                      g.update("m", g.broadcast(x, square));
                    })));
    try (Executable executable = compile(program)) {
      executable.write(Map.of("m", Array.of(square, new float[] {1, 2, 3, 4})));
      float[] handed = {5, 6};
      executable.run("step", Map.of("x", Array.of(PAIR, handed)), Set.of());
      assertThat(read(executable, "input")).containsExactly(5, 6);
      assertThat(read(executable, "constant")).containsExactly(7, 7);
      assertThat(read(executable, "piece")).containsExactly(2, 4);
      assertThat(read(executable, "m")).containsExactly(5, 6, 5, 6);
      executable.run("step", Map.of("x", pair(-1, -2)), Set.of());
      assertThat(read(executable, "piece")).containsExactly(6, 6);
      executable.write(Map.of("constant", pair(0, 1)));
      run(executable, Map.of("x", pair(0, 0)));
      assertThat(read(executable, "constant")).containsExactly(7, 7);
    }
  }

  private static void run(Executable executable, Map<String, Array> inputs) {
    executable.run("step", inputs, Set.of());
  }

  @Test
  void isSharedByTheGraphsOfAProgram() {
    Program program =
        new Program(
            "shared",
            List.of(pair("s"), pair("unused")),
            List.of(
                graph("add", g -> g.update("s", g.affine(g.state("s", PAIR), 1, 1))),
                graph("double", g -> g.update("s", g.affine(g.state("s", PAIR), 2, 0))),
                graph("look", g -> g.output("sum", g.sum(g.state("s", PAIR), false, 0)))));
    try (Executable executable = compile(program)) {
      run(executable, "add");
      run(executable, "double");
      run(executable, "add");
      assertThat(fetch(executable, "look", "sum")).containsExactly(6);
      executable.write(Map.of("s", pair(10, 20)));
      run(executable, "double");
      assertThat(fetch(executable, "look", "sum")).containsExactly(60);
      assertThat(read(executable, "s")).containsExactly(20, 40);
    }
  }
}
