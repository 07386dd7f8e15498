package io.mae4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Program;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.api.random.Randomness;
import io.mae4j.core.graph.Cost;
import io.mae4j.core.graph.PeakMemory;
import io.mae4j.core.graph.Recomputation;
import io.mae4j.core.graph.RecomputingBackend;
import io.mae4j.core.masking.RandomMasking;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.AdamWOptimizer;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.Recipe;
import io.mae4j.core.train.Schedule;
import io.mae4j.core.train.TrainingProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One step of a small masked autoencoder changes every state as the reference does. */
abstract class StepContract extends EnginePart {
  private static final int BATCH = 3;
  private static final ImageSpec IMAGE = new ImageSpec(16, 24, 2, 4);
  private static final double MASK_RATIO = 0.75;

  @Test
  void theFirstGradientFollowsTheReferenceInEveryTensor() {
    for (MaskedAutoencoder model : List.of(model(false), model(true), maskTokensInTheEncoder())) {
      Program program = program(model, 1);
      try (Executable engine = compile(program);
          Executable reference = compileReference(program)) {
        write(model, engine, reference);
        Map<String, Array> inputs = new LinkedHashMap<>(batch(1));
        inputs.putAll(optimizer());
        engine.run(TrainingProgram.STEP, inputs, Set.of());
        reference.run(TrainingProgram.STEP, inputs, Set.of());
        compareStates(program, AdamWOptimizer.EXP_AVG, engine, reference);
        compareStates(program, AdamWOptimizer.EXP_AVG_SQ, engine, reference);
      }
    }
  }

  @Test
  void accumulatedGradientsFollowTheReference() {
    MaskedAutoencoder model = model(false);
    Program program = program(model, 3);
    try (Executable engine = compile(program);
        Executable reference = compileReference(program)) {
      write(model, engine, reference);
      for (int i = 1; i <= 3; i++) {
        engine.run(TrainingProgram.ACCUMULATE, batch(i), Set.of());
        reference.run(TrainingProgram.ACCUMULATE, batch(i), Set.of());
      }
      compareStates(program, "grad.", engine, reference);
      engine.run(TrainingProgram.APPLY, optimizer(), Set.of());
      reference.run(TrainingProgram.APPLY, optimizer(), Set.of());
      compareStates(program, AdamWOptimizer.EXP_AVG, engine, reference);
      for (Array cleared : engine.read(names(program, "grad.")).values()) {
        assertThat(cleared.toDoubles()).containsOnly(0);
      }
    }
  }

  @Test
  void computingBlocksAgainInsteadOfKeepingThemChangesNoBit() {
    MaskedAutoencoder model = model(true);
    Program program = program(model, 1);
    Backend recomputing = new RecomputingBackend(engine());
    assertThat(Recomputation.of(program).graph(TrainingProgram.STEP).nodes())
        .hasSizeGreaterThan(program.graph(TrainingProgram.STEP).nodes().size());
    try (Executable kept = compile(program);
        Executable again = recomputing.compile(program, CompileOptions.fp32())) {
      write(model, kept, again);
      for (int step = 1; step <= 2; step++) {
        Map<String, Array> inputs = new LinkedHashMap<>(batch(step));
        inputs.putAll(optimizer());
        Set<String> loss = Set.of(TrainingProgram.LOSS);
        assertSameBits(
            again.run(TrainingProgram.STEP, inputs, loss),
            kept.run(TrainingProgram.STEP, inputs, loss));
      }
      Set<String> states = program.states().keySet();
      assertSameBits(again.read(states), kept.read(states));
    }
  }

  @Test
  void computingBlocksAgainIsPlannedToTakeLessMemoryAndNotCountedAsWork() {
    Program program = program(model(true), 1);
    Backend recomputing = new RecomputingBackend(engine());
    assertThat(recomputing.plannedBytes(program).orElseThrow())
        .isLessThan(engine().plannedBytes(program).orElse(PeakMemory.bytes(program)));
    try (Executable again = recomputing.compile(program, CompileOptions.fp32())) {
      assertThat(Cost.flops(again.program().graph(TrainingProgram.STEP)))
          .isEqualTo(Cost.flops(program.graph(TrainingProgram.STEP)));
    }
  }

  private static void assertSameBits(Map<String, Array> found, Map<String, Array> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, array) ->
            assertThat(Objects.requireNonNull(found.get(name)).toDoubles())
                .as(name)
                .isEqualTo(array.toDoubles()));
  }

  private static void compareStates(
      Program program, String prefix, Executable engine, Executable reference) {
    List<String> names = names(program, prefix);
    Closeness closeness = new Closeness(Tolerance.COMPOSED.relative(BATCH * 100), 0);
    Map<String, Closeness> wanted = new LinkedHashMap<>();
    names.forEach(name -> wanted.put(name, closeness));
    Closeness.check("after a step", engine.read(names), reference.read(names), wanted);
  }

  private static List<String> names(Program program, String prefix) {
    return program.states().keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private static MaskedAutoencoder model(boolean normPixLoss) {
    return new MaskedAutoencoder(
        new VitEncoder(IMAGE, new VitConfig(24, 2, 3, 4)),
        new MaeDecoder(IMAGE, 24, new VitConfig(16, 2, 2, 4)),
        normPixLoss);
  }

  private static MaskedAutoencoder maskTokensInTheEncoder() {
    MaskedAutoencoder model = model(true);
    return new MaskedAutoencoder(model.encoder(), model.decoder(), model.normPixLoss(), true);
  }

  private static Program program(MaskedAutoencoder model, int accumIter) {
    return new Pretraining(
            model,
            new Recipe(
                new Schedule(1, 0, BATCH, accumIter, 1e-3, 0), 0.05, 0.9, 0.95, MASK_RATIO, 0))
        .program();
  }

  private static void write(MaskedAutoencoder model, Executable engine, Executable reference) {
    Map<String, Array> values = model.initialize(new Randomness(7));
    engine.write(values);
    reference.write(values);
  }

  private static Map<String, Array> optimizer() {
    return Map.of(TrainingProgram.LR, Array.scalar(1e-3f), TrainingProgram.T, Array.scalar(1));
  }

  /** Smooth waves with a phase of their own in each image, under random masks. */
  private static Map<String, Array> batch(int step) {
    Randomness randomness = new Randomness(step);
    float[] images = new float[BATCH * 2 * 16 * 24];
    int[] indices = new int[BATCH];
    List<Mask> masks = new ArrayList<>();
    for (int image = 0; image < BATCH; image++) {
      double phase = randomness.draws("phase", 0, image).uniform(0, 6);
      for (int i = 0; i < 2 * 16 * 24; i++) {
        double column = i % 24 / 24.0;
        int row = i / 24;
        images[image * 2 * 16 * 24 + i] = (float) Math.sin(phase + 9 * column + 0.4 * row);
      }
      indices[image] = image;
      masks.add(
          new RandomMasking().draw(IMAGE.grid(), MASK_RATIO, randomness.draws("mask", 0, image)));
    }
    Batch batch = new Batch(16, 24, 2, 0, images, indices, new int[BATCH]);
    return new PatchCutter(IMAGE).cut(batch, masks);
  }
}
