package io.mae4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Executable;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Memory stays flat. A leak grows in every window of runs, while the noise of a garbage collector
 * or an allocator does not: the smallest growth of several windows counts.
 */
abstract class MemoryContract extends EnginePart {
  private static final int WINDOWS = 4;
  private static final long MEGABYTE = 1 << 20;

  private static long smallestGrowth(Runnable window) {
    window.run();
    long smallest = Long.MAX_VALUE;
    long before = ProcessMemory.bytes();
    for (int i = 0; i < WINDOWS; i++) {
      window.run();
      long after = ProcessMemory.bytes();
      smallest = Math.min(smallest, after - before);
      before = after;
    }
    return smallest;
  }

  /** Each run makes a dozen values of 128 KB; a window that kept one of each run grows by 12 MB. */
  @Test
  void runsKeepNothing() {
    Shape shape = Shape.of(512, 64);
    GraphBuilder g = new GraphBuilder("step");
    Tensor x = g.input("x", TensorType.real(shape));
    Tensor w = g.state("w", Shape.of(64, 64));
    Tensor m = g.state("moving", shape);
    Tensor y = g.layerNorm(x, g.fill(1, Shape.of(64)), g.fill(0, Shape.of(64)), 1e-6);
    Tensor z = g.add(g.gelu(g.matmul(y, w, false, false)), m);
    Tensor loss = g.mean(g.square(z), false, 0, 1);
    g.output("loss", loss);
    g.output("z", z);
    g.update("moving", g.affine(z, 0.5, 0));
    g.update("w", g.affine(g.matmul(y, z, true, false), 1e-3, 0));
    Program program =
        new Program(
            "flat",
            List.of(new StateSpec("w", Shape.of(64, 64)), new StateSpec("moving", shape)),
            List.of(g.build()));
    Map<String, Array> inputs = Map.of("x", Array.of(shape, new float[512 * 64]));
    try (Executable executable = compile(program)) {
      long growth =
          smallestGrowth(
              () -> {
                for (int i = 0; i < 100; i++) {
                  executable.run("step", inputs, i % 2 == 0 ? Set.of("loss") : Set.of("loss", "z"));
                  executable.read(List.of("moving"));
                  executable.write(Map.of("moving", Array.of(shape, new float[512 * 64])));
                }
              });
      assertThat(growth).as("bytes that 100 runs left behind").isLessThan(6 * MEGABYTE);
    }
  }

  /** A window that kept the states of ten closed executables grows by 80 MB. */
  @Test
  void closingGivesBackWhatWasCompiled() {
    Shape shape = Shape.of(1024, 1024);
    Supplier<Program> program =
        () -> {
          GraphBuilder g = new GraphBuilder("step");
          Tensor s = g.state("s", shape);
          g.update("s", g.affine(s, 1, 1));
          return new Program(
              "big",
              List.of(new StateSpec("s", shape), new StateSpec("t", shape)),
              List.of(g.build()));
        };
    long growth =
        smallestGrowth(
            () -> {
              for (int i = 0; i < 10; i++) {
                try (Executable executable = compile(program.get())) {
                  executable.write(Map.of("t", Array.of(shape, new float[1024 * 1024])));
                  executable.run("step", Map.of(), Set.of());
                }
              }
            });
    assertThat(growth).as("bytes that 10 closed executables left behind").isLessThan(20 * MEGABYTE);
  }
}
