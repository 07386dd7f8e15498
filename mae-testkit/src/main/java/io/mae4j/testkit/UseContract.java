package io.mae4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How an engine is started, used side by side, refused and closed. */
abstract class UseContract extends EnginePart {
  private static final Shape TOKENS = Shape.of(2, 3, 4);
  private static final Shape PICKED = Shape.of(2, 2);

  /** y = gather(x + s, pick), s ← s + Σx, z = scatter(y, place). */
  private static Program program() {
    GraphBuilder g = new GraphBuilder("step");
    Tensor x = g.input("x", TensorType.real(TOKENS));
    Tensor s = g.state("s", Shape.of(4));
    Tensor pick = g.input("pick", new TensorType(DType.INT32, PICKED));
    Tensor place = g.input("place", new TensorType(DType.INT32, PICKED));
    Tensor y = g.gatherTokens(g.add(x, s), pick);
    g.output("y", y);
    g.output("z", g.scatterTokens(y, place, 3));
    g.update("s", g.add(s, g.sum(x, false, 0, 1)));
    return new Program("use", List.of(new StateSpec("s", Shape.of(4))), List.of(g.build()));
  }

  private static Map<String, Array> inputs() {
    float[] x = new float[24];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * 0.37f - 3;
    }
    return Map.of(
        "x", Array.of(TOKENS, x),
        "pick", Array.of(PICKED, new int[] {2, 0, 1, 1}),
        "place", Array.of(PICKED, new int[] {2, 0, 1, 0}));
  }

  private static Map<String, Array> inputsWith(String name, Array value) {
    Map<String, Array> inputs = new LinkedHashMap<>(inputs());
    inputs.put(name, value);
    return inputs;
  }

  private static Map<String, Array> inputsWithout(String name) {
    Map<String, Array> inputs = new LinkedHashMap<>(inputs());
    inputs.remove(name);
    return inputs;
  }

  private static float[] run(Executable executable) {
    Map<String, Array> outputs = executable.run("step", inputs(), Set.of("y"));
    return Objects.requireNonNull(outputs.get("y")).toFloats();
  }

  private static float[] state(Executable executable) {
    return Objects.requireNonNull(executable.read(List.of("s")).get("s")).toFloats();
  }

  private static void assertRefuses(ThrowingCallable call, ErrorKind kind, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).as(e.toString()).isEqualTo(kind))
        .hasMessageContainingAll(words);
  }

  @TestFactory
  List<DynamicTest> aWrongRunIsRefusedAndChangesNothing() {
    return List.of(
        refuses("an unknown graph", "stepp", inputs(), Set.of(), "stepp"),
        refuses("an unknown output", "step", inputs(), Set.of("y", "loss"), "loss"),
        refuses("a missing input", "step", inputsWithout("x"), Set.of("y"), "'x'"),
        refuses("missing indices", "step", inputsWithout("pick"), Set.of("y"), "'pick'"),
        refuses("an unknown input", "step", inputsWith("w", Array.scalar(1)), Set.of("y"), "'w'"),
        refuses(
            "another shape of as many elements",
            "step",
            inputsWith("x", Array.of(Shape.of(2, 4, 3), new float[24])),
            Set.of("y"),
            "'x'"),
        refuses(
            "a larger batch",
            "step",
            inputsWith("x", Array.of(Shape.of(3, 3, 4), new float[36])),
            Set.of("y"),
            "'x'"),
        refuses(
            "whole numbers for real ones",
            "step",
            inputsWith("x", Array.of(TOKENS, new int[24])),
            Set.of("y"),
            "'x'"),
        refuses(
            "real numbers for indices",
            "step",
            inputsWith("pick", Array.of(PICKED, new float[4])),
            Set.of("y"),
            "'pick'"),
        refusesIndices("an index beyond the tokens", "pick", 0, 1, 2, 3),
        refusesIndices("a negative index", "pick", 0, -1, 2, 1),
        refusesIndices("a huge index", "pick", 0, Integer.MAX_VALUE, 2, 1),
        refusesIndices("a scatter index beyond the tokens", "place", 0, 1, 3, 1),
        refusesIndices("a repeated scatter index", "place", 0, 1, 2, 2));
  }

  private DynamicTest refusesIndices(String what, String input, int... indices) {
    Map<String, Array> inputs = inputsWith(input, Array.of(PICKED, indices));
    return refuses(what, "step", inputs, Set.of("y", "z"), "'" + input + "'");
  }

  private DynamicTest refuses(
      String what, String graph, Map<String, Array> inputs, Set<String> fetch, String word) {
    return DynamicTest.dynamicTest(
        what,
        () -> {
          try (Executable executable = compile(program())) {
            float[] first = run(executable);
            float[] before = state(executable);
            assertRefuses(() -> executable.run(graph, inputs, fetch), ErrorKind.USER, word);
            assertThat(state(executable)).isEqualTo(before);
            executable.write(Map.of("s", Array.of(Shape.of(4), new float[4])));
            assertThat(run(executable)).as("a right run afterwards").isEqualTo(first);
          }
        });
  }

  @Test
  void wrongStatesAreRefusedAndNothingIsWritten() {
    try (Executable executable = compile(program())) {
      Array right = Array.of(Shape.of(4), new float[] {1, 2, 3, 4});
      executable.write(Map.of("s", right));
      Map<String, Array> unknown = new LinkedHashMap<>();
      unknown.put("s", Array.of(Shape.of(4), new float[4]));
      unknown.put("other", right);
      assertRefuses(() -> executable.write(unknown), ErrorKind.USER, "'other'");
      assertRefuses(
          () -> executable.write(Map.of("s", Array.of(Shape.of(2, 2), new float[4]))),
          ErrorKind.USER,
          "'s'");
      assertRefuses(
          () -> executable.write(Map.of("s", Array.of(Shape.of(4), new int[4]))),
          ErrorKind.USER,
          "'s'");
      assertRefuses(() -> executable.read(List.of("s", "other")), ErrorKind.USER, "'other'");
      assertThat(state(executable)).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void doublesStandForFloats() {
    try (Executable executable = compile(program())) {
      Array x = Objects.requireNonNull(inputs().get("x"));
      float[] expected = run(executable);
      executable.write(Map.of("s", Array.of(Shape.of(4), new double[4])));
      Map<String, Array> inputs = inputsWith("x", Array.of(x.shape(), x.toDoubles()));
      Map<String, Array> outputs = executable.run("step", inputs, Set.of("y"));
      assertThat(Objects.requireNonNull(outputs.get("y")).toFloats()).isEqualTo(expected);
    }
  }

  @Test
  void aClosedExecutableRefusesEverything() {
    Executable executable = compile(program());
    run(executable);
    executable.close();
    assertAllRefused(executable);
    executable.close();
    try (Executable other = compile(program())) {
      assertThat(run(other)).as("the engine itself is still open").hasSize(16);
    }
  }

  private static void assertAllRefused(Executable executable) {
    assertRefuses(() -> run(executable), ErrorKind.INTERNAL, "closed");
    assertRefuses(
        () -> executable.run("no graph", Map.of(), Set.of()), ErrorKind.INTERNAL, "closed");
    assertRefuses(() -> executable.read(List.of("s")), ErrorKind.INTERNAL, "closed");
    assertRefuses(() -> executable.write(Map.of()), ErrorKind.INTERNAL, "closed");
    assertRefuses(executable::program, ErrorKind.INTERNAL, "closed");
  }

  @Test
  @SuppressWarnings("try") // closing in the middle is the point
  void closingTheEngineClosesWhatItCompiled() {
    try (Backend other = provider().open(BackendOptions.cpu())) {
      Executable executable = other.compile(program(), CompileOptions.fp32());
      run(executable);
      other.close();
      assertAllRefused(executable);
      executable.close();
      assertRefuses(
          () -> other.compile(program(), CompileOptions.fp32()), ErrorKind.INTERNAL, "closed");
    }
    try (Executable executable = compile(program())) {
      assertThat(run(executable)).as("another engine stays open").hasSize(16);
    }
  }

  @Test
  void aRunIsRepeatableToTheBit() {
    Trial trial = new Trial();
    SharingTrials.block(trial);
    Program program = new Program("repeat", List.of(), List.of(trial.build()));
    Set<String> outputs = trial.outputs().keySet();
    try (Executable executable = compile(program);
        Executable again = compile(program)) {
      Map<String, Array> first = executable.run(Trial.GRAPH, trial.inputs(), outputs);
      for (int i = 0; i < 5; i++) {
        assertSameBits(executable.run(Trial.GRAPH, trial.inputs(), outputs), first);
        assertSameBits(again.run(Trial.GRAPH, trial.inputs(), outputs), first);
      }
    }
  }

  private static void assertSameBits(Map<String, Array> found, Map<String, Array> expected) {
    expected.forEach(
        (name, array) ->
            assertThat(Objects.requireNonNull(found.get(name)).toDoubles())
                .as(name)
                .isEqualTo(array.toDoubles()));
  }

  @Test
  @SuppressWarnings("try") // closing in the middle is the point
  void executablesLiveBesideEachOtherWithoutSharing() {
    Program program = program();
    try (Executable one = compile(program);
        Executable two = compile(program)) {
      assertThat(one.program()).isSameAs(program);
      two.write(Map.of("s", Array.of(Shape.of(4), new float[] {100, 100, 100, 100})));
      float[] low = run(one);
      float[] high = run(two);
      for (int i = 0; i < low.length; i++) {
        assertThat(high[i] - low[i]).isBetween(99.999f, 100.001f);
      }
      float[] before = state(two);
      run(one);
      assertThat(state(two)).isEqualTo(before);
      one.close();
      assertThat(run(two)).hasSize(16);
    }
  }

  @Test
  void canBeUsedByOneThreadAfterAnother() throws InterruptedException, ExecutionException {
    try (Executable executable = compile(program());
        Executable same = compile(program())) {
      run(executable);
      run(same);
      FutureTask<float[]> task = new FutureTask<>(() -> run(executable));
      Thread thread = new Thread(task);
      thread.start();
      assertThat(task.get()).isEqualTo(run(same));
      thread.join();
      assertThat(run(executable)).isEqualTo(run(same));
      assertThat(state(executable)).isEqualTo(state(same));
    }
  }

  /** 256 TiB of intermediate values are more than processes have addresses for. */
  @Test
  void whatNoMemoryCanHoldIsAFailureOfTheMachineAndNotOfTheEngine() {
    GraphBuilder g = new GraphBuilder("huge");
    Tensor x = g.broadcast(g.input("x", TensorType.real(1)), Shape.of(1 << 16, 1 << 15, 1 << 15));
    g.output("y", g.square(x));
    Program program = new Program("huge", List.of(), List.of(g.build()));
    Map<String, Array> inputs = Map.of("x", Array.of(Shape.of(1), new float[1]));
    assertRefuses(
        () -> {
          try (Executable executable = compile(program)) {
            executable.run("huge", inputs, Set.of());
          }
        },
        ErrorKind.RESOURCE,
        "batch");
    try (Executable executable = compile(program())) {
      assertThat(run(executable)).as("the engine is as good as before").hasSize(16);
    }
  }

  @Test
  void saysWhatItIs() {
    assertThat(provider().name()).matches("[a-z][a-z0-9-]*");
    assertThat(provider().description()).isNotBlank().doesNotContain("\n");
    assertThat(provider().devices()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(engine().name()).isEqualTo(provider().name());
    assertThat(engine().version()).isNotBlank();
    assertThat(engine().device().name()).isEqualTo("cpu");
  }

  @Test
  void aDeviceThatIsNotThereIsRefused() {
    assertRefuses(
        () -> provider().open(new BackendOptions("gpu:99", 1)).close(),
        ErrorKind.RESOURCE,
        "gpu:99");
  }
}
