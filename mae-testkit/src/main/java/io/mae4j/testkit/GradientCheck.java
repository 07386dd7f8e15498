package io.mae4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.core.graph.Differentiator;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares the gradients of a traced loss with central differences {@code (f(x + h) − f(x − h)) /
 * 2h}, both in double precision on the reference backend. For authors of models, and for the
 * gradient rules themselves.
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final String LOSS = "loss";

  private final Executable executable;
  private final Graph graph;
  private final Map<String, Array> values;

  private GradientCheck(Executable executable, Graph graph, Map<String, Array> values) {
    this.executable = executable;
    this.graph = graph;
    this.values = new HashMap<>(values);
  }

  /**
   * Fails unless every element of every asked gradient agrees, relative to the largest element of
   * that gradient and at least to 1.
   *
   * @param trace the trace of the loss; gradients are appended to it
   * @param loss a scalar []
   * @param values the inputs and states by name, all that the loss depends on
   * @param wanted names among them, of real-valued ones, to differentiate by
   * @param tolerance the allowed relative error, 1e-7 for well-conditioned graphs
   */
  public static void check(
      GraphBuilder trace,
      Tensor loss,
      Map<String, Array> values,
      Set<String> wanted,
      double tolerance) {
    trace.output(LOSS, loss);
    Graph forward = trace.build();
    List<Tensor> tensors = wanted.stream().map(name -> find(forward, name)).toList();
    Map<Tensor, Tensor> gradients = Differentiator.gradients(trace, loss, tensors);
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    for (String name : wanted) {
      Tensor gradient = Objects.requireNonNull(gradients.get(find(forward, name)));
      outputs.put("gradient of " + name, gradient);
    }
    outputs.forEach(trace::output);
    Graph graph = trace.build();
    List<StateSpec> states = new ArrayList<>();
    graph.states().forEach((name, state) -> states.add(new StateSpec(name, state.shape())));
    Program program = new Program("gradient check", states, List.of(graph));
    try (Backend reference = new ReferenceBackendProvider().open(BackendOptions.cpu());
        Executable executable = reference.compile(program, CompileOptions.fp32())) {
      GradientCheck check = new GradientCheck(executable, graph, values);
      Map<String, Array> analytic = check.run(outputs.keySet());
      for (String name : wanted) {
        check.compare(name, Objects.requireNonNull(analytic.get("gradient of " + name)), tolerance);
      }
    }
  }

  private static Tensor find(Graph graph, String name) {
    Tensor input = graph.inputs().get(name);
    return input != null
        ? input
        : Objects.requireNonNull(
            graph.states().get(name), () -> "the loss has neither input nor state '" + name + "'");
  }

  private Map<String, Array> run(Set<String> fetch) {
    Map<String, Array> inputs = new HashMap<>(values);
    inputs.keySet().retainAll(graph.inputs().keySet());
    Map<String, Array> states = new HashMap<>(values);
    states.keySet().retainAll(graph.states().keySet());
    executable.write(states);
    return executable.run(graph.name(), inputs, fetch);
  }

  private double loss() {
    return Objects.requireNonNull(run(Set.of(LOSS)).get(LOSS)).item();
  }

  private void compare(String name, Array analytic, double tolerance) {
    Array at = Objects.requireNonNull(values.get(name), () -> "no value of '" + name + "'");
    double[] gradient = analytic.doubles();
    double largest = Math.max(1, Arrays.stream(gradient).map(Math::abs).max().orElse(0));
    for (int i = 0; i < gradient.length; i++) {
      double difference = (moved(name, at, i, STEP) - moved(name, at, i, -STEP)) / (2 * STEP);
      assertThat(Math.abs(gradient[i] - difference))
          .as(
              "gradient by '%s' %s, element %d: %s, by central differences %s",
              name, at.shape(), i, gradient[i], difference)
          .isLessThanOrEqualTo(tolerance * largest);
    }
    values.put(name, at);
  }

  private double moved(String name, Array at, int element, double by) {
    double[] copy = at.toDoubles().clone();
    copy[element] += by;
    values.put(name, Array.of(at.shape(), copy));
    return loss();
  }
}
