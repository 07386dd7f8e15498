package io.mae4j.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.BackendProvider;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.masking.RandomMasking;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.Pretraining;
import io.mae4j.core.train.Recipe;
import io.mae4j.core.train.Schedule;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import io.mae4j.core.train.TrainingRun;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Pre-training on an engine: the same curve as the reference's, runs that go on to the same bits,
 * accumulation, and a loss that falls.
 */
public abstract class TrainingContract {
  private static final ImageSpec IMAGE = new ImageSpec(12, 12, 1, 3);
  private static final MaskedAutoencoder MODEL =
      new MaskedAutoencoder(
          new VitEncoder(IMAGE, new VitConfig(24, 2, 3, 4)),
          new MaeDecoder(IMAGE, 24, new VitConfig(16, 2, 2, 4)),
          true);
  private static final int IMAGES = 50;

  /** For subclasses. */
  protected TrainingContract() {}

  /** The engine under test. */
  protected abstract BackendProvider provider();

  private static Recipe recipe(int epochs, int batchSize, int accumIter) {
    return new Recipe(
        new Schedule(epochs, 0.5, batchSize, accumIter, 2e-3, 0), 0.05, 0.9, 0.95, 0.75, 11);
  }

  private static SyntheticBatches batches(Recipe recipe) {
    return new SyntheticBatches(12, recipe.schedule().batchSize(), IMAGES);
  }

  private static List<Double> losses(BackendProvider provider, Recipe recipe, int steps) {
    try (Backend backend = provider.open(BackendOptions.cpu());
        TrainingRun training =
            Pretraining.start(MODEL, recipe, new RandomMasking(), backend, CompileOptions.fp32())) {
      List<Double> losses = new ArrayList<>();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void onStep(StepReport report) {
              losses.add(report.loss());
            }
          };
      training.run(batches(recipe), steps, List.of(listener));
      return losses;
    }
  }

  @Test
  void theFirstTwentyStepsLoseWhatTheReferenceLoses() {
    Recipe recipe = recipe(4, 8, 1);
    List<Double> expected = losses(new ReferenceBackendProvider(), recipe, 20);
    List<Double> found = losses(provider(), recipe, 20);

    assertThat(found).hasSize(20);
    for (int step = 0; step < 20; step++) {
      assertThat(found.get(step) / expected.get(step))
          .as("loss of step %d over the reference's", step + 1)
          .isEqualTo(1, within(1e-4));
    }
  }

  @Test
  void theLossFalls() {
    List<Double> losses = losses(provider(), recipe(25, 10, 1), 125);

    double last =
        losses.subList(100, 125).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertThat(last).isLessThan(0.6 * losses.get(0));
  }

  @Test
  void aRunStoppedInTheMiddleOfAnEpochEndsWithTheSameBits() {
    assertResumesToTheSameBits(recipe(3, 8, 1), 9);
  }

  @Test
  void aRunWithAccumulationStoppedInTheMiddleOfAnEpochEndsWithTheSameBits() {
    assertResumesToTheSameBits(recipe(3, 5, 2), 7);
  }

  @Test
  void aRunSavedAfterTheLastStepOfAnEpochEndsThatEpochFirst() {
    Recipe recipe = recipe(2, 8, 1);
    try (Backend backend = provider().open(BackendOptions.cpu())) {
      List<Checkpoint> saved = new ArrayList<>();
      try (TrainingRun training =
          Pretraining.start(MODEL, recipe, new RandomMasking(), backend, CompileOptions.fp32())) {
        TrainingListener saver =
            new TrainingListener() {
              @Override
              public void onStep(StepReport report) {
                if (report.step() % 6 == 0) {
                  saved.add(training.checkpoint(Map.of(), Map.of()));
                }
              }
            };
        training.run(batches(recipe), Long.MAX_VALUE, List.of(saver));
        assertThat(training.progress()).isEqualTo(new Progress(2, 0, 12));
      }
      assertThat(saved)
          .extracting(Checkpoint::progress)
          .containsExactly(new Progress(0, 48, 6), new Progress(1, 48, 12));
      assertThat(epochsEnded(backend, recipe, saved.get(0))).containsExactly(1, 2);
      assertThat(epochsEnded(backend, recipe, saved.get(1))).containsExactly(2);
    }
  }

  /** Goes on to the end and tells the epochs that end on the way. */
  private static List<Integer> epochsEnded(Backend backend, Recipe recipe, Checkpoint start) {
    List<Integer> ended = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEpoch(Progress progress) {
            ended.add(progress.epoch());
          }
        };
    try (TrainingRun resumed =
        Pretraining.resume(
            MODEL, recipe, new RandomMasking(), backend, CompileOptions.fp32(), start)) {
      resumed.run(batches(recipe), Long.MAX_VALUE, List.of(listener));
      assertThat(resumed.progress()).isEqualTo(new Progress(2, 0, 12));
    }
    return ended;
  }

  /**
   * Each image once an epoch, whatever became of the batch size and the accumulation in between.
   */
  @Test
  void aRunThatGoesOnWithOtherBatchesSeesEachImageOfTheEpochOnce() {
    Recipe first = recipe(2, 4, 1);
    try (Backend backend = provider().open(BackendOptions.cpu())) {
      Checkpoint half = seen(backend, first, Pretraining.first(MODEL, first), 3, new ArrayList<>());
      assertThat(half.progress()).isEqualTo(new Progress(0, 12, 3));

      assertThat(restOfTheEpoch(backend, recipe(2, 8, 1), half)).isEqualTo(range(12, 44));
      assertThat(restOfTheEpoch(backend, recipe(2, 3, 1), half)).isEqualTo(range(12, 48));
      assertThat(restOfTheEpoch(backend, recipe(2, 4, 4), half)).isEqualTo(range(12, 44));
      assertThat(restOfTheEpoch(backend, recipe(2, 10, 4), half)).isEmpty();

      List<Integer> all = new ArrayList<>();
      Checkpoint end = seen(backend, recipe(2, 8, 1), half, Long.MAX_VALUE, all);
      assertThat(end.progress()).isEqualTo(new Progress(2, 0, 3 + 4 + 6));
      assertThat(all.subList(32, 80)).isEqualTo(range(0, 48));
    }
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  /** What a run that goes on with another recipe sees of the epoch it is in. */
  private static List<Integer> restOfTheEpoch(Backend backend, Recipe recipe, Checkpoint half) {
    List<Integer> images = new ArrayList<>();
    int perStep = recipe.schedule().effectiveBatch();
    int steps = (IMAGES - half.progress().images()) / perStep;
    Checkpoint end = seen(backend, recipe, half, half.progress().step() + steps + 1, images);
    assertThat(end.progress().step()).isEqualTo(half.progress().step() + steps + 1);
    assertThat(images.subList(steps * perStep, images.size())).isEqualTo(range(0, perStep));
    return images.subList(0, steps * perStep);
  }

  /** Trains on and notes the images of each step. */
  private static Checkpoint seen(
      Backend backend, Recipe recipe, Checkpoint start, long lastStep, List<Integer> images) {
    SyntheticBatches batches = batches(recipe);
    BatchSource noted =
        new BatchSource() {
          @Override
          public int imagesPerEpoch() {
            return batches.imagesPerEpoch();
          }

          @Override
          public int batchesPerEpoch() {
            return batches.batchesPerEpoch();
          }

          @Override
          public <T> BatchStream<T> epoch(int epoch, int firstImage, Function<Batch, T> prepare) {
            return batches.epoch(
                epoch,
                firstImage,
                batch -> {
                  Arrays.stream(batch.indices()).forEach(images::add);
                  return prepare.apply(batch);
                });
          }
        };
    try (TrainingRun training =
        Pretraining.resume(
            MODEL, recipe, new RandomMasking(), backend, CompileOptions.fp32(), start)) {
      training.run(noted, lastStep, List.of());
      return training.checkpoint(Map.of(), Map.of());
    }
  }

  private void assertResumesToTheSameBits(Recipe recipe, int stop) {
    Checkpoint whole;
    Checkpoint resumed;
    try (Backend backend = provider().open(BackendOptions.cpu())) {
      whole =
          train(
              Pretraining.start(MODEL, recipe, new RandomMasking(), backend, CompileOptions.fp32()),
              recipe,
              Long.MAX_VALUE);
      Checkpoint half =
          train(
              Pretraining.start(MODEL, recipe, new RandomMasking(), backend, CompileOptions.fp32()),
              recipe,
              stop);
      assertThat(half.progress().images()).as("images into the epoch").isPositive();
      resumed =
          train(
              Pretraining.resume(
                  MODEL, recipe, new RandomMasking(), backend, CompileOptions.fp32(), half),
              recipe,
              Long.MAX_VALUE);
    }
    assertThat(resumed.progress()).isEqualTo(whole.progress());
    assertSameBits(resumed.model(), whole.model());
    assertSameBits(resumed.optimizer(), whole.optimizer());
  }

  private static Checkpoint train(TrainingRun training, Recipe recipe, long lastStep) {
    try (training) {
      training.run(batches(recipe), lastStep, List.of());
      return training.checkpoint(Map.of(), Map.of());
    }
  }

  private static void assertSameBits(Map<String, Array> found, Map<String, Array> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, array) ->
            assertThat(Golden.get(found, name).toDoubles()).as(name).isEqualTo(array.toDoubles()));
  }

  @Test
  void accumulatedBatchesStepLikeOneLargeBatch() {
    List<Double> large = losses(provider(), recipe(2, 10, 1), 10);
    List<Double> accumulated = losses(provider(), recipe(2, 5, 2), 10);

    for (int step = 0; step < 10; step++) {
      assertThat(accumulated.get(step) / large.get(step))
          .as("loss of step %d", step + 1)
          .isEqualTo(1, within(1e-5));
    }
  }
}
