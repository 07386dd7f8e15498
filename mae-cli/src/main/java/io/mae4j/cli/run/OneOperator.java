package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.AdamW;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program of a single operator, with operands of its own: states for real ones, inputs for
 * indices.
 *
 * @param program the program
 * @param indices the values of its inputs
 */
record OneOperator(Program program, Map<String, Array> indices) {
  private static final String GRAPH = "operator";
  private static final float VALUE = 0.5f;
  private static final int FEWEST_RUNS = 3;
  private static final int MOST_RUNS = 50;
  private static final int UNTIMED_RUNS = 2;
  private static final long BUDGET_NANOS = 60_000_000L;

  /** The operator of a node with operands of its shapes. */
  static OneOperator of(Node node) {
    GraphBuilder graph = new GraphBuilder(GRAPH);
    Map<Tensor, Tensor> operands = new LinkedHashMap<>();
    List<StateSpec> states = new ArrayList<>();
    Map<String, Array> indices = new HashMap<>();
    for (Tensor input : node.inputs()) {
      String name = "x" + operands.size();
      if (operands.containsKey(input)) {
        continue;
      }
      if (input.dtype() == DType.INT32) {
        indices.put(name, ascending(input.shape()));
        operands.put(input, graph.input(name, input.type()));
      } else {
        states.add(new StateSpec(name, input.shape()));
        operands.put(input, graph.state(name, input.shape()));
      }
    }
    List<Tensor> results =
        graph.apply(node.op(), node.inputs().stream().map(operands::get).toList());
    if (node.op() instanceof AdamW) {
      graph.update("x0", results.get(0));
      graph.update("x2", results.get(1));
      graph.update("x3", results.get(2));
    } else {
      for (int i = 0; i < results.size(); i++) {
        graph.output("y" + i, results.get(i));
      }
    }
    return new OneOperator(new Program(GRAPH, states, List.of(graph.build())), indices);
  }

  /** Rows of 0, 1, 2, …, which are in range and different wherever indices must be. */
  private static Array ascending(Shape shape) {
    int[] values = new int[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % shape.dim(-1);
    }
    return Array.of(shape, values);
  }

  /** The median time of a run in seconds. */
  double measure(Backend backend, CompileOptions options) {
    try (Executable executable = backend.compile(program, options)) {
      for (StateSpec state : program.states().values()) {
        float[] values = new float[Math.toIntExact(state.shape().size())];
        Arrays.fill(values, VALUE);
        executable.write(Map.of(state.name(), Array.of(state.shape(), values)));
      }
      for (int i = 0; i < UNTIMED_RUNS; i++) {
        executable.run(GRAPH, indices, Set.of());
      }
      List<Long> nanos = new ArrayList<>();
      long first = System.nanoTime();
      while (nanos.size() < FEWEST_RUNS
          || (nanos.size() < MOST_RUNS && System.nanoTime() - first < BUDGET_NANOS)) {
        long start = System.nanoTime();
        executable.run(GRAPH, indices, Set.of());
        nanos.add(System.nanoTime() - start);
      }
      return Percentiles.of(nanos).median() / 1e9;
    }
  }
}
