package io.mae4j.eval.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchSource;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import io.mae4j.core.model.ClassifierHead;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.Tuning;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.AdamWOptimizer;
import io.mae4j.core.train.LarsOptimizer;
import io.mae4j.core.train.LayerDecay;
import io.mae4j.core.train.Schedule;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassifierTrainingTest {
  private static final ImageSpec IMAGE = new ImageSpec(8, 8, 1, 4);
  private static final int DEPTH = 2;

  private Backend backend;

  @BeforeEach
  void open() {
    backend = new ReferenceBackendProvider().open(BackendOptions.cpu());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  /** Stripes across or down, noisy, in batches of one size but the last. */
  private record Stripes(int images, int batchSize) implements BatchSource {
    @Override
    public int imagesPerEpoch() {
      return images;
    }

    @Override
    public int batchesPerEpoch() {
      return (images + batchSize - 1) / batchSize;
    }

    @Override
    public <T> BatchStream<T> epoch(int epoch, int firstImage, Function<Batch, T> prepare) {
      return new BatchStream<>() {
        private int next = firstImage / batchSize;

        @Override
        public boolean hasNext() {
          return next < batchesPerEpoch();
        }

        @Override
        public T next() {
          return prepare.apply(batch(epoch, next++));
        }

        @Override
        public void close() {}
      };
    }

    private Batch batch(int epoch, int number) {
      int size = Math.min(batchSize, images - number * batchSize);
      float[] values = new float[size * 64];
      int[] indices = new int[size];
      int[] labels = new int[size];
      for (int i = 0; i < size; i++) {
        indices[i] = number * batchSize + i;
        labels[i] = indices[i] % 2;
        Draws random = new Randomness(9).draws("noise", epoch, indices[i]);
        int shift = random.below(4);
        for (int v = 0; v < 64; v++) {
          int along = labels[i] == 0 ? v / 8 : v % 8;
          values[i * 64 + v] = (float) ((along + shift) % 4 < 2 ? 1 + 0.3 * random.gaussian() : -1);
        }
      }
      return new Batch(8, 8, 1, epoch, values, indices, labels);
    }
  }

  private static VitClassifier classifier(Tuning tuning, double dropPath) {
    return new VitClassifier(
        new VitEncoder(IMAGE, new VitConfig(12, DEPTH, 2, 4)),
        Pool.MEAN,
        ClassifierHead.fineTuning(12, 2),
        tuning,
        new DropPath(dropPath, DEPTH));
  }

  private static ClassifierRecipe recipe(int epochs, Mixup mixup) {
    return new ClassifierRecipe(
        new Schedule(epochs, 1, 8, 1, 1e-2, 0),
        new AdamWOptimizer(0.9, 0.999, new LayerDecay(0.8, DEPTH, 0.05)),
        mixup,
        3);
  }

  private ClassifierTraining start(VitClassifier classifier, ClassifierRecipe recipe) {
    return ClassifierTraining.start(classifier, recipe, Map.of(), backend, CompileOptions.fp32());
  }

  @Test
  void learnsToTellStripesApartAndScoresEveryImage() {
    try (ClassifierTraining training =
        start(classifier(Tuning.ALL, 0.1), recipe(12, new Mixup(0.2, 0, 0.1)))) {
      Scores before = training.evaluate(new Stripes(21, 8), done -> {});
      training.run().run(new Stripes(64, 8), Long.MAX_VALUE, List.of());
      Scores after = training.evaluate(new Stripes(21, 8), done -> {});

      assertThat(after.images()).isEqualTo(21);
      assertThat(after.top1()).isGreaterThan(90).isGreaterThan(before.top1());
      assertThat(after.top5()).isEqualTo(100);
      assertThat(after.loss()).isLessThan(before.loss());
      int[][] confusion = after.confusion();
      assertThat(confusion[0][0] + confusion[0][1]).isEqualTo(11);
      assertThat(confusion[1][0] + confusion[1][1]).isEqualTo(10);
    }
  }

  @Test
  void whatIsNotTunedKeepsItsBits() {
    VitClassifier classifier = classifier(Tuning.blocks(0.5), 0);
    Map<String, Array> before = classifier.initialize(Map.of(), new Randomness(3));
    try (ClassifierTraining training = start(classifier, recipe(1, Mixup.NONE))) {
      training.run().run(new Stripes(32, 8), Long.MAX_VALUE, List.of());
      Map<String, Array> after = training.run().checkpoint(Map.of(), Map.of()).model();
      for (ParameterSpec spec : classifier.parameters()) {
        boolean same =
            java.util.Arrays.equals(
                before.get(spec.name()).toFloats(), after.get(spec.name()).toFloats());
        assertThat(same).as("%s is unchanged", spec.name()).isEqualTo(!spec.trainable());
      }
    }
  }

  @Test
  void droppedBranchesAndMixingReallyHappenInTrainingAndOnlyThere() {
    List<Double> plain = losses(classifier(Tuning.ALL, 0), Mixup.NONE);
    List<Double> dropped = losses(classifier(Tuning.ALL, 0.9), Mixup.NONE);
    List<Double> mixed = losses(classifier(Tuning.ALL, 0), Mixup.official());
    assertThat(dropped.get(1)).isNotEqualTo(plain.get(1));
    assertThat(mixed.get(1)).isNotEqualTo(plain.get(1));
    try (ClassifierTraining a = start(classifier(Tuning.ALL, 0), recipe(1, Mixup.NONE));
        ClassifierTraining b = start(classifier(Tuning.ALL, 0.9), recipe(1, Mixup.official()))) {
      assertThat(b.evaluate(new Stripes(8, 8), done -> {}).loss())
          .isEqualTo(a.evaluate(new Stripes(8, 8), done -> {}).loss());
    }
  }

  private List<Double> losses(VitClassifier classifier, Mixup mixup) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            losses.add(report.loss());
          }
        };
    try (ClassifierTraining training = start(classifier, recipe(4, mixup))) {
      training.run().run(new Stripes(32, 8), 3, List.of(listener));
    }
    return losses;
  }

  @Test
  void runningStatisticsOfTheLinearProbeMoveInTrainingAndNotInEvaluation() {
    ClassifierRecipe recipe =
        new ClassifierRecipe(
            new Schedule(2, 0, 8, 1, 1, 0), LarsOptimizer.official(), Mixup.NONE, 3);
    try (ClassifierTraining training = start(probe(), recipe)) {
      training.evaluate(new Stripes(8, 8), done -> {});
      assertThat(mean(training)).containsOnly(0);
      training.run().run(new Stripes(32, 8), 2, List.of());
      assertThat(mean(training)).doesNotContain(0);
    }
  }

  /** One batch of given images, which are all of class 0. */
  private record Given(float[] images) implements BatchSource {
    @Override
    public int imagesPerEpoch() {
      return images.length / 64;
    }

    @Override
    public int batchesPerEpoch() {
      return 1;
    }

    @Override
    public <T> BatchStream<T> epoch(int epoch, int firstImage, Function<Batch, T> prepare) {
      int size = images.length / 64;
      Batch batch = new Batch(8, 8, 1, 0, images, new int[size], new int[size]);
      return new BatchStream<>() {
        private boolean given;

        @Override
        public boolean hasNext() {
          return !given;
        }

        @Override
        public T next() {
          given = true;
          return prepare.apply(batch);
        }

        @Override
        public void close() {}
      };
    }
  }

  private static double loss(ClassifierTraining training, float... images) {
    return training.evaluate(new Given(images), done -> {}).loss();
  }

  private static VitClassifier probe() {
    return new VitClassifier(
        new VitEncoder(IMAGE, new VitConfig(12, DEPTH, 2, 4)),
        Pool.CLS,
        ClassifierHead.linearProbe(12, 2),
        Tuning.HEAD,
        new DropPath(0, DEPTH));
  }

  @Test
  void nothingIsHiddenInAnEvaluation() {
    try (ClassifierTraining training =
        start(classifier(Tuning.ALL, 0.5), recipe(1, Mixup.official()))) {
      training.run().run(new Stripes(32, 8), Long.MAX_VALUE, List.of());
      float[] image = new float[64];
      double before = loss(training, image);
      for (int pixel = 0; pixel < 64; pixel++) {
        float[] changed = image.clone();
        changed[pixel] = 3;
        assertThat(loss(training, changed)).as("pixel %d is seen", pixel).isNotEqualTo(before);
      }
    }
  }

  @Test
  void anEvaluationDependsOnTheImageAloneNotOnItsBatch() {
    ClassifierRecipe recipe =
        new ClassifierRecipe(
            new Schedule(1, 0, 8, 1, 1, 0), LarsOptimizer.official(), Mixup.NONE, 3);
    float[] one = new float[64];
    float[] other = new float[64];
    for (int i = 0; i < 64; i++) {
      one[i] = i % 3;
      other[i] = i % 5 - 1;
    }
    float[] both = new float[128];
    System.arraycopy(one, 0, both, 0, 64);
    System.arraycopy(other, 0, both, 64, 64);
    try (ClassifierTraining training = start(probe(), recipe)) {
      training.run().run(new Stripes(32, 8), Long.MAX_VALUE, List.of());
      double alone = loss(training, one);
      assertThat(loss(training, one)).isEqualTo(alone);
      assertThat(loss(training, both))
          .isCloseTo((alone + loss(training, other)) / 2, within(1e-12));
    }
  }

  private static float[] mean(ClassifierTraining training) {
    return training
        .run()
        .checkpoint(Map.of(), Map.of())
        .model()
        .get("head.0.running_mean")
        .toFloats();
  }

  @Test
  void aStoppedTrainingGoesOnToTheSameBits() {
    ClassifierRecipe recipe = recipe(2, Mixup.official());
    VitClassifier classifier = classifier(Tuning.ALL, 0.2);
    Checkpoint whole;
    Checkpoint half;
    try (ClassifierTraining training = start(classifier, recipe)) {
      training.run().run(new Stripes(32, 8), Long.MAX_VALUE, List.of());
      whole = training.run().checkpoint(Map.of(), Map.of());
    }
    try (ClassifierTraining training = start(classifier, recipe)) {
      training.run().run(new Stripes(32, 8), 3, List.of());
      half = training.run().checkpoint(Map.of(), Map.of());
    }
    try (ClassifierTraining training =
        ClassifierTraining.resume(classifier, recipe, half, backend, CompileOptions.fp32())) {
      training.run().run(new Stripes(32, 8), Long.MAX_VALUE, List.of());
      Checkpoint resumed = training.run().checkpoint(Map.of(), Map.of());
      whole
          .model()
          .forEach(
              (name, array) ->
                  assertThat(resumed.model().get(name).toDoubles())
                      .as(name)
                      .isEqualTo(array.toDoubles()));
    }
  }
}
