package io.mae4j.eval.probe;

import static io.mae4j.eval.probe.Tasks.accuracy;
import static io.mae4j.eval.probe.Tasks.features;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.Evaluation;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Features;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnnEvaluatorTest {
  /** Similarities to (1, 0): 1 for class 0, and .6 twice for class 1. */
  private static final Features TRAIN = features(2, new int[] {0, 1, 1}, 1, 0, .6f, .8f, .6f, -.8f);

  @Test
  void takesItsNumbersFromOptionsAndRefusesNonsense() {
    KnnEvaluatorProvider provider = new KnnEvaluatorProvider();
    assertThat(provider.create()).isEqualTo(new KnnEvaluator(20, 0.07));
    assertThat(provider.create(Map.of("k", "3", "temperature", "1")))
        .isEqualTo(new KnnEvaluator(3, 1));
    for (String wrong : List.of("0", "2.5", "many", "-1")) {
      assertThatThrownBy(() -> provider.create(Map.of("k", wrong)))
          .isInstanceOf(MaeException.class)
          .hasMessageContaining(wrong);
    }
    assertThatThrownBy(() -> provider.create(Map.of("temperature", "0")))
        .hasMessageContaining("above 0");
  }

  @Test
  void weighsNeighboursByTheExponentOfTheirSimilarity() {
    Features test = features(2, new int[] {0}, 1, 0);
    // exp(1/.07) = 1.6e6 against 2·exp(.6/.07) = 1.1e4, but exp(1) = 2.72 against 2·exp(.6) = 3.64
    assertThat(accuracy(new KnnEvaluator(3, 0.07), TRAIN, test, 2, 0)).isEqualTo(100);
    assertThat(accuracy(new KnnEvaluator(3, 1), TRAIN, test, 2, 0)).isEqualTo(0);
    // the weights of both classes are equal at a temperature of .4/ln 2 = .577
    assertThat(accuracy(new KnnEvaluator(3, .570), TRAIN, test, 2, 0)).isEqualTo(100);
    assertThat(accuracy(new KnnEvaluator(3, .585), TRAIN, test, 2, 0)).isEqualTo(0);
  }

  @Test
  void countsOnlyTheNearest() {
    Features test = features(2, new int[] {0}, 1, 0);
    assertThat(accuracy(new KnnEvaluator(1, 1), TRAIN, test, 2, 0)).isEqualTo(100);
  }

  @Test
  void ignoresTheLengthOfVectors() {
    Features train = features(2, new int[] {0, 1}, .001f, 0, 0, 1000);
    Features test = features(2, new int[] {0, 1, 1, 0}, 500, 1, 1e-4f, 1e-3f, 0, 7, 3, 2);
    assertThat(accuracy(new KnnEvaluator(1, 0.07), train, test, 2, 0)).isEqualTo(100);
  }

  @Test
  void givesEqualVotesToTheLowerClass() {
    Features train = features(2, new int[] {2, 1}, 1, 1, 1, -1);
    assertThat(accuracy(new KnnEvaluator(2, 0.07), train, features(2, new int[] {1}, 1, 0), 3, 0))
        .isEqualTo(100);
  }

  @Test
  void putsAVectorOfZerosSomewhere() {
    assertThat(accuracy(new KnnEvaluator(3, 0.07), TRAIN, features(2, new int[] {1}, 0, 0), 2, 0))
        .isEqualTo(100);
  }

  @Test
  void lowersKToTheTrainingImagesAndSaysSo() {
    try (Backend backend = Tasks.reference()) {
      Evaluation evaluation =
          new KnnEvaluatorProvider()
              .create()
              .evaluate(new EvaluationTask(TRAIN, TRAIN, 2, backend, 0));
      assertThat(evaluation.accuracy()).isEqualTo(100);
      assertThat(evaluation.settings())
          .containsEntry("k", "3")
          .containsEntry("temperature", "0.07")
          .containsEntry("similarity", "cosine");
    }
  }

  @Test
  void refusesFeaturesThatCannotBeMeasured() {
    refuse(TRAIN, features(2, new int[] {-1}, 1, 0), "test image 0 has the label -1, outside 0..1");
    refuse(TRAIN, features(2, new int[] {2}, 1, 0), "test image 0 has the label 2, outside 0..1");
    refuse(TRAIN, features(2, new int[] {}), "there are no test images");
    refuse(TRAIN, features(1, new int[] {0}, 1), "training features have width 2, test features 1");
    refuse(
        features(2, new int[] {0, 1}, 1, 0, 1, Float.NaN),
        TRAIN,
        "feature 1 of training image 1 is NaN");
  }

  private static void refuse(Features train, Features test, String message) {
    assertThatExceptionOfType(MaeException.class)
        .isThrownBy(() -> accuracy(new KnnEvaluator(3, 0.07), train, test, 2, 0))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA));
  }
}
