package io.mae4j.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.eval.Evaluation;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.EvaluatorProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.eval.probe.KnnEvaluatorProvider;
import io.mae4j.eval.probe.LinearProbeProvider;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  /** The class is the sign of the second pixel. */
  private static final ListedImages TRAIN =
      new ListedImages(
          1, 2, 1, new float[] {3, 1, 3, -1, -3, 1, -3, -1}, new int[] {1, 0, 1, 0}, 3);

  private static final ListedImages TEST =
      new ListedImages(1, 2, 1, new float[] {3, 1, -3, -1}, new int[] {1, 0}, 3);

  private static Comparison compare(Map<String, Evaluator> evaluators, List<Integer> progress) {
    List<Representation> representations =
        List.of(new RawPixels(new ImageSpec(1, 2, 1, 1)), new Sums());
    try (Backend backend = new ReferenceBackendProvider().open(BackendOptions.cpu())) {
      return Comparison.run(
          evaluators, representations, TRAIN, TEST, 2, backend, 17, progress::add);
    }
  }

  @Test
  void measuresEveryRepresentationWithEveryEvaluatorOnTheSameImages() {
    Map<String, Evaluator> evaluators = new TreeMap<>();
    for (EvaluatorProvider provider :
        List.of(new KnnEvaluatorProvider(), new LinearProbeProvider())) {
      evaluators.put(provider.name(), provider.create());
    }
    Comparison comparison = compare(evaluators, new ArrayList<>());
    assertThat(comparison.trainImages()).isEqualTo(4);
    assertThat(comparison.testImages()).isEqualTo(2);
    assertThat(comparison.evaluators()).containsExactly("knn", "linear");
    assertThat(comparison.rows())
        .extracting(Comparison.Row::representation)
        .containsExactly("raw pixels", "sums");
    assertThat(comparison.rows().get(0).evaluations().get("linear").accuracy()).isEqualTo(100);
    assertThat(comparison.settings("knn")).containsEntry("k", "4");
  }

  @Test
  void handsEvaluatorsTheSeedAndTheLabels() {
    List<EvaluationTask> tasks = new ArrayList<>();
    List<Integer> progress = new ArrayList<>();
    compare(
        Map.of(
            "spy",
            task -> {
              tasks.add(task);
              return new Evaluation(0, Map.of());
            }),
        progress);
    assertThat(tasks).hasSize(2).allMatch(task -> task.seed() == 17 && task.classes() == 2);
    assertThat(tasks.get(1).train().labels()).containsExactly(1, 0, 1, 0);
    assertThat(tasks.get(1).train().values()).containsExactly(4, 2, -2, -4);
    assertThat(tasks.get(1).test().values()).containsExactly(4, -4);
    assertThat(progress).containsExactly(3, 4, 6);
  }

  @Test
  void printsATable() {
    assertThat(ComparisonTable.text(fixed()))
        .isEqualTo(
            """
            Top-1 accuracy in percent, frozen features, 10,000 training and 2,000 test images, 10 classes.

            representation        vector                 width    knn   linear
            pre-trained encoder   mean of patch tokens      96   76.3     74.1
            raw pixels            all values               784   82.9    100.0

            knn: k 20, temperature 0.07
            linear: epochs 100
            """);
  }

  @Test
  void becomesATreeForJson() {
    Map<String, Object> tree = fixed().toTree();
    assertThat(tree)
        .containsEntry("train_images", 10000)
        .containsEntry("test_images", 2000)
        .containsEntry("classes", 10);
    assertThat(tree.get("results"))
        .asString()
        .isEqualTo(
            "[{representation=pre-trained encoder, detail=mean of patch tokens, width=96, evaluations="
                + "{knn={accuracy=76.25, settings={k=20, temperature=0.07}}, linear={accuracy=74.1, settings={epochs=100}}}}, "
                + "{representation=raw pixels, detail=all values, width=784, evaluations="
                + "{knn={accuracy=82.9, settings={k=20, temperature=0.07}}, linear={accuracy=100.0, settings={epochs=100}}}}]");
  }

  @Test
  void refusesRowsWithDifferentEvaluators() {
    Comparison.Row one = new Comparison.Row("a", "", 1, Map.of("knn", new Evaluation(1, Map.of())));
    Comparison.Row other =
        new Comparison.Row("b", "", 1, Map.of("linear", new Evaluation(1, Map.of())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Comparison(1, 1, 1, List.of(one, other)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Comparison(1, 1, 1, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Comparison(1, 1, 1, List.of(one)).settings("linear"))
        .withMessageContaining("linear")
        .withMessageContaining("knn");
  }

  private static Comparison fixed() {
    return new Comparison(
        10_000,
        2_000,
        10,
        List.of(
            row("pre-trained encoder", "mean of patch tokens", 96, 76.25, 74.1),
            row("raw pixels", "all values", 784, 82.9, 100)));
  }

  private static Comparison.Row row(
      String name, String detail, int width, double knn, double linear) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("k", "20");
    settings.put("temperature", "0.07");
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    evaluations.put("knn", new Evaluation(knn, settings));
    evaluations.put("linear", new Evaluation(linear, Map.of("epochs", "100")));
    return new Comparison.Row(name, detail, width, evaluations);
  }
}
