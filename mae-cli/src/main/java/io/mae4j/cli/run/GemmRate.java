package io.mae4j.cli.run;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Device;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures how many operations a second an engine reaches in large matrix products: what a training
 * step is compared to.
 */
final class GemmRate {
  private static final int RUNS = 30;
  private static final long BUDGET_NANOS = 250_000_000L;
  private static final String GRAPH = "gemm";
  private static final String STATE = "a";
  private static final String OUTPUT = "sum";

  /** The matrices of a run, as large as it takes for what surrounds the products not to count. */
  private record Work(int side, int products) {
    static Work on(Device device) {
      return device.isCpu() ? new Work(640, 2) : new Work(4096, 16);
    }

    double flops() {
      return 2.0 * side * side * side * products;
    }
  }

  private GemmRate() {}

  /** Floating-point operations a second, the best of some short runs. */
  static double measure(Backend backend, CompileOptions options) {
    Work work = Work.on(backend.device());
    int side = work.side();
    Shape shape = Shape.of(side, side);
    GraphBuilder graph = new GraphBuilder(GRAPH);
    Tensor a = graph.state(STATE, shape);
    Tensor product = a;
    for (int i = 0; i < work.products(); i++) {
      product = graph.matmul(product, a, false, false);
    }
    graph.output(OUTPUT, graph.sum(product, false, 0, 1));
    Program program =
        new Program(GRAPH, List.of(new StateSpec(STATE, shape)), List.of(graph.build()));
    float[] values = new float[side * side];
    Arrays.fill(values, 1f / side);
    try (Executable executable = backend.compile(program, options)) {
      executable.write(Map.of(STATE, Array.of(shape, values)));
      long best = Long.MAX_VALUE;
      long first = System.nanoTime();
      for (int i = 0; i < RUNS && System.nanoTime() - first < BUDGET_NANOS; i++) {
        long start = System.nanoTime();
        executable.run(GRAPH, Map.of(), Set.of(OUTPUT));
        best = Math.min(best, System.nanoTime() - start);
      }
      return work.flops() * 1e9 / best;
    }
  }
}
