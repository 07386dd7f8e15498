package io.mae4j.testkit;

import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.random.Draws;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** AdamW as an update of states, over several steps, beside other readers of what it changes. */
abstract class OptimizerContract extends EnginePart {
  private static final int STEPS = 7;
  private static final Shape SCALAR = Shape.of();

  private final GraphBuilder graph = new GraphBuilder("step");
  private final List<StateSpec> states = new ArrayList<>();

  private Tensor state(String name, Shape shape) {
    states.add(new StateSpec(name, shape));
    return graph.state(name, shape);
  }

  private Tensor scalar(String name) {
    return graph.input(name, TensorType.real(SCALAR));
  }

  /** Adds an AdamW step of a parameter; returns the parameter's new value. */
  private Tensor adamW(String name, Tensor p, Tensor g, double weightDecay) {
    Tensor m = state("m." + name, p.shape());
    Tensor v = state("v." + name, p.shape());
    List<Tensor> next =
        graph.apply(
            new AdamW(0.9, 0.95, 1e-8, weightDecay),
            List.of(p, g, m, v, scalar("lr"), scalar("t")));
    graph.update(name, next.get(0));
    graph.update("m." + name, next.get(1));
    graph.update("v." + name, next.get(2));
    return next.get(0);
  }

  /** Runs some steps on the engine and on the reference and compares all outputs and states. */
  private void compareSteps(Tolerance tolerance) {
    Graph step = graph.build();
    Program program = new Program("optimizer", states, List.of(step));
    Draws random = new Draws(5);
    try (Executable engine = compile(program);
        Executable reference = compileReference(program)) {
      Map<String, Array> start = new LinkedHashMap<>();
      states.stream()
          .filter(spec -> !spec.name().startsWith("m.") && !spec.name().startsWith("v."))
          .forEach(spec -> start.put(spec.name(), random(random, spec.shape())));
      engine.write(start);
      reference.write(start);
      Closeness closeness = new Closeness(tolerance.relative(1), 0);
      for (int t = 1; t <= STEPS; t++) {
        Map<String, Array> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Tensor> input : step.inputs().entrySet()) {
          inputs.put(input.getKey(), random(random, input.getValue().shape()));
        }
        inputs.put("lr", Array.scalar(t == 4 ? 0 : 0.01f / t));
        inputs.put("t", Array.scalar(t));
        Set<String> outputs = step.outputs().keySet();
        compare("step " + t, engine.run("step", inputs, outputs), reference, inputs, closeness);
        List<String> names = states.stream().map(StateSpec::name).toList();
        check("state after step " + t, engine.read(names), reference.read(names), closeness);
      }
    }
  }

  private static void compare(
      String what,
      Map<String, Array> found,
      Executable reference,
      Map<String, Array> inputs,
      Closeness closeness) {
    check(what, found, reference.run("step", inputs, found.keySet()), closeness);
  }

  private static void check(
      String what, Map<String, Array> found, Map<String, Array> wanted, Closeness closeness) {
    Map<String, Closeness> all = new LinkedHashMap<>();
    // The first moment adds up gradients within ±1, a tenth of each, which may cancel.
    Closeness moment = new Closeness(closeness.relative(), 0.1);
    wanted.keySet().forEach(name -> all.put(name, name.startsWith("m.") ? moment : closeness));
    Closeness.check(what, found, wanted, all);
  }

  private static Array random(Draws random, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    return Array.of(shape, values);
  }

  @Test
  void followsTheReferenceWithTwoParameterGroups() {
    for (int[] dims : new int[][] {{3, 5}, {1}, {2, 1, 4}, {}}) {
      Shape shape = Shape.of(dims);
      String name = "weight" + dims.length;
      adamW(name, state(name, shape), graph.input("g." + name, TensorType.real(shape)), 0.05);
    }
    Shape shape = Shape.of(7);
    adamW("bias", state("bias", shape), graph.input("g.bias", TensorType.real(shape)), 0);
    compareSteps(Tolerance.ADAMW);
  }

  @Test
  void leavesOtherReadersTheOldParameterAndGivesThemTheNewOneWhenAsked() {
    Shape shape = Shape.of(4, 3);
    Tensor p = state("p", shape);
    Tensor x = graph.input("x", TensorType.real(shape));
    Tensor next = adamW("p", p, graph.input("g", TensorType.real(shape)), 0.05);
    graph.output("old", p);
    graph.output("old times x", graph.mul(p, x));
    graph.output("new", next);
    Tensor average = state("average", shape);
    graph.update("average", graph.add(graph.affine(average, 0.9, 0), graph.affine(next, 0.1, 0)));
    compareSteps(Tolerance.ADAMW);
  }

  @Test
  void takesGradientsThatAreViewsProductsAndSums() {
    Tensor whole = graph.input("whole", TensorType.real(6, 8));
    List<Tensor> columns = graph.split(whole, 1, 3, 5);
    adamW("columns", state("columns", Shape.of(6, 5)), columns.get(1), 0.05);
    adamW("rows", state("rows", Shape.of(2, 8)), graph.split(whole, 0, 4, 2).get(1), 0.05);
    adamW("flat", state("flat", Shape.of(48)), graph.reshape(whole, Shape.of(48)), 0);
    Tensor other = graph.input("other", TensorType.real(6, 4));
    adamW("product", state("product", Shape.of(4, 8)), graph.matmul(other, whole, true, false), 0);
    adamW(
        "transposed",
        state("transposed", Shape.of(8, 4)),
        graph.matmul(whole, other, true, false),
        0.05);
    adamW("sum", state("sum", Shape.of(8)), graph.sum(whole, false, 0), 0);
    Tensor one = graph.input("one", TensorType.real(1, 8));
    adamW(
        "broadcast",
        state("broadcast", Shape.of(6, 8)),
        graph.broadcast(one, Shape.of(6, 8)),
        0.05);
    compareSteps(Tolerance.COMPOSED);
  }

  @Test
  void trainsALinearModelOnItsOwnGradient() {
    Tensor x = graph.input("x", TensorType.real(9, 6));
    Tensor y = graph.input("y", TensorType.real(9, 4));
    Tensor w = state("w", Shape.of(4, 6));
    Tensor b = state("b", Shape.of(4));
    Tensor error = graph.sub(graph.linear(x, w, b), y);
    graph.output("loss", graph.mean(graph.square(error), false, 0, 1));
    Tensor grad = graph.affine(error, 2.0 / 36, 0);
    adamW("w", w, graph.matmul(grad, x, true, false), 0.05);
    adamW("b", b, graph.sum(grad, false, 0), 0);
    compareSteps(Tolerance.COMPOSED);
  }
}
