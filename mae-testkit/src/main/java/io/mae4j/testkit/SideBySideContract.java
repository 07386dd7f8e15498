package io.mae4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.masking.RandomMasking;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.Recipe;
import io.mae4j.core.train.Schedule;
import io.mae4j.core.train.TrainingRun;
import io.mae4j.testkit.model.SyntheticBatches;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What several threads do to an engine at the same time shows in no bit of what each computes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class SideBySideContract extends EnginePart {
  private static final int STEPS = 2;
  private static final int RUNS = 5;
  private static final Shape WAVES = Shape.of(1024, 96);
  private static final ImageSpec IMAGE = new ImageSpec(16, 16, 1, 4);
  private static final MaskedAutoencoder MODEL =
      new MaskedAutoencoder(
          new VitEncoder(IMAGE, new VitConfig(48, 1, 3, 2)),
          new MaeDecoder(IMAGE, 48, new VitConfig(48, 1, 3, 2)),
          true);

  /** A training with so many threads; 32 images are computed in parts where there are several. */
  private record Job(int threads, int batchSize, int seed) {}

  private Checkpoint train(Job job) {
    Recipe recipe =
        new Recipe(
            new Schedule(1, 0, job.batchSize(), 1, 1e-3, 0), 0.05, 0.9, 0.95, 0.75, job.seed());
    try (Backend backend = provider().open(new BackendOptions("cpu", job.threads()));
        TrainingRun training =
            Pretraining.start(MODEL, recipe, new RandomMasking(), backend, CompileOptions.fp32())) {
      training.run(
          new SyntheticBatches(16, job.batchSize(), STEPS * job.batchSize()), STEPS, List.of());
      return training.checkpoint(Map.of(), Map.of());
    }
  }

  /** Begins all of these at once, each on a thread of its own, and waits for their ends. */
  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    List<FutureTask<T>> tasks = new ArrayList<>();
    for (Callable<T> call : calls) {
      FutureTask<T> task =
          new FutureTask<>(
              () -> {
                start.await();
                return call.call();
              });
      tasks.add(task);
      Thread thread = new Thread(task, "side-by-side-" + tasks.size());
      thread.setDaemon(true);
      thread.start();
    }
    List<T> results = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      results.add(task.get());
    }
    return results;
  }

  @Test
  void trainingsWithDifferentThreadsAtTheSameTimeEndWithTheBitsThatEachHasAlone() throws Exception {
    List<Job> jobs = List.of(new Job(4, 32, 3), new Job(1, 24, 1), new Job(2, 24, 2));
    List<Checkpoint> alone = jobs.stream().map(this::train).toList();
    List<Callable<Checkpoint>> calls = new ArrayList<>();
    jobs.forEach(job -> calls.add(() -> train(job)));
    List<Checkpoint> together = atOnce(calls);
    for (int i = 0; i < jobs.size(); i++) {
      assertSameBits(jobs.get(i), together.get(i).model(), alone.get(i).model());
      assertSameBits(jobs.get(i), together.get(i).optimizer(), alone.get(i).optimizer());
    }
  }

  private static void assertSameBits(
      Object what, Map<String, Array> found, Map<String, Array> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, array) ->
            assertThat(Objects.requireNonNull(found.get(name)).toDoubles())
                .as("%s of %s", name, what)
                .isEqualTo(array.toDoubles()));
  }

  /** Sums of so many numbers that threads share them, and so add them up in another order. */
  private static Tensor sums(GraphBuilder g, Tensor waves) {
    List<Tensor> sums = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Tensor x = g.affine(waves, 1.0 / i, 0);
      Tensor gram = g.matmul(x, x, true, false);
      Tensor row = g.matmul(g.sum(gram, true, 0), x, false, true);
      Tensor images = g.reshape(x, Shape.of(4, 256, 96));
      Tensor grams = g.matmul(images, images, true, false);
      sums.add(g.reshape(g.sum(x, false, 0, 1), Shape.of(1)));
      sums.add(g.reshape(g.matmul(row, row, false, true), Shape.of(1)));
      sums.add(g.sum(gram, false, 0));
      sums.add(g.sum(x, false, 0));
      sums.add(g.reshape(grams, Shape.of(4 * 96 * 96)));
    }
    return g.concat(0, sums.toArray(Tensor[]::new));
  }

  private static Array waves() {
    float[] values = new float[1024 * 96];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(0.37 * i) / (1 + i % 7);
    }
    return Array.of(WAVES, values);
  }

  private static Program program(GraphBuilder graph) {
    return new Program("sums", List.of(), List.of(graph.build()));
  }

  @Test
  void sumsWithDifferentThreadsAtTheSameTimeAreThoseThatEachHasAlone() throws Exception {
    GraphBuilder g = new GraphBuilder("sums");
    g.output("y", sums(g, g.input("x", TensorType.real(WAVES))));
    Program program = program(g);
    Map<String, Array> inputs = Map.of("x", waves());
    List<Callable<double[][]>> calls = new ArrayList<>();
    List<double[]> alone = new ArrayList<>();
    List<Backend> backends = new ArrayList<>();
    try {
      for (int threads = 1; threads <= 3; threads++) {
        Backend backend = provider().open(new BackendOptions("cpu", threads));
        backends.add(backend);
        Executable executable = backend.compile(program, CompileOptions.fp32());
        alone.add(run(executable, inputs));
        calls.add(
            () -> {
              double[][] found = new double[isInterpreter() ? 1 : RUNS][];
              for (int i = 0; i < found.length; i++) {
                found[i] = run(executable, inputs);
              }
              return found;
            });
      }
      List<double[][]> together = atOnce(calls);
      for (int i = 0; i < alone.size(); i++) {
        for (double[] found : together.get(i)) {
          assertThat(found).as("%d threads", i + 1).isEqualTo(alone.get(i));
        }
      }
    } finally {
      backends.forEach(Backend::close);
    }
  }

  /** The interpreter shares nothing between its executables and is slow: once is enough. */
  private boolean isInterpreter() {
    return provider() instanceof ReferenceBackendProvider;
  }

  private static double[] run(Executable executable, Map<String, Array> inputs) {
    Map<String, Array> outputs = executable.run("sums", inputs, Set.of("y"));
    return Objects.requireNonNull(outputs.get("y")).toDoubles();
  }

  @Test
  void partsOfEqualImagesAreEqualWithAnyNumberOfThreads() {
    GraphBuilder g = new GraphBuilder("sums");
    for (int part = 0; part < 2; part++) {
      g.output("y" + part, g.part(part, () -> sums(g, g.input("x", TensorType.real(WAVES)))));
    }
    Program program = program(g);
    Map<String, Array> inputs =
        Map.of(
            GraphBuilder.inputOfPart("x", 0), waves(), GraphBuilder.inputOfPart("x", 1), waves());
    for (int threads : isInterpreter() ? List.of(2) : List.of(2, 6, 1, 4)) {
      try (Backend backend = provider().open(new BackendOptions("cpu", threads));
          Executable executable = backend.compile(program, CompileOptions.fp32())) {
        Map<String, Array> sums = executable.run("sums", inputs, Set.of("y0", "y1"));
        assertThat(Objects.requireNonNull(sums.get("y1")).toDoubles())
            .as("%d threads", threads)
            .isEqualTo(Objects.requireNonNull(sums.get("y0")).toDoubles());
      }
    }
  }

  /** s ← s·w + 1 some hundred times over, so that a run takes a while. */
  private static Program longProgram() {
    Shape shape = Shape.of(64, 64);
    GraphBuilder g = new GraphBuilder("long");
    Tensor w = g.state("w", shape);
    Tensor s = g.state("s", shape);
    for (int i = 0; i < 200; i++) {
      s = g.affine(g.matmul(s, w, false, false), 1, 1);
    }
    g.update("s", s);
    return new Program(
        "long", List.of(new StateSpec("w", shape), new StateSpec("s", shape)), List.of(g.build()));
  }

  @Test
  void closingWhileAnotherThreadRunsWaitsForTheRun() throws Exception {
    for (int i = 0; i < 5; i++) {
      Executable executable = compile(longProgram());
      assertEndsOnceClosed(executable, executable::close);
    }
  }

  @Test
  @SuppressWarnings("try") // closing in the middle is the point
  void closingTheEngineWhileAnotherThreadRunsWaitsForTheRun() throws Exception {
    try (Backend other = provider().open(BackendOptions.cpu())) {
      assertEndsOnceClosed(other.compile(longProgram(), CompileOptions.fp32()), other::close);
    }
  }

  /** Runs until it is told that the executable was closed, which must come between two runs. */
  private static void assertEndsOnceClosed(Executable executable, Runnable close) throws Exception {
    CountDownLatch running = new CountDownLatch(3);
    FutureTask<Void> runner =
        new FutureTask<>(
            () -> {
              while (true) {
                executable.run("long", Map.of(), Set.of());
                running.countDown();
              }
            });
    Thread thread = new Thread(runner, "runs-until-closed");
    thread.setDaemon(true);
    thread.start();
    running.await();
    close.run();
    assertThatThrownBy(runner::get)
        .cause()
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERNAL))
        .hasMessageContaining("closed");
    thread.join();
  }

  @Test
  void enginesAreOpenedUsedAndClosedByManyThreadsAtOnce() throws Exception {
    Callable<double[]> use =
        () -> {
          double[] last = new double[0];
          for (int i = 0; i < 5; i++) {
            try (Backend backend = provider().open(new BackendOptions("cpu", 2));
                Executable executable = backend.compile(longProgram(), CompileOptions.fp32())) {
              executable.run("long", Map.of(), Set.of());
              last = Objects.requireNonNull(executable.read(List.of("s")).get("s")).toDoubles();
            }
          }
          return last;
        };
    for (double[] state : atOnce(List.of(use, use, use, use))) {
      assertThat(state).hasSize(64 * 64).containsOnly(1);
    }
  }

  @Test
  void oneEngineCompilesForManyThreadsAtOnce() throws Exception {
    Callable<double[]> use =
        () -> {
          double[] last = new double[0];
          for (int i = 0; i < 5; i++) {
            try (Executable executable = compile(longProgram())) {
              executable.run("long", Map.of(), Set.of());
              last = Objects.requireNonNull(executable.read(List.of("s")).get("s")).toDoubles();
            }
          }
          return last;
        };
    for (double[] state : atOnce(List.of(use, use, use, use))) {
      assertThat(state).hasSize(64 * 64).containsOnly(1);
    }
  }
}
