package io.mae4j.eval.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final int CLASSES = 10;

  /** The scores of one image of each class, all with these logits. */
  private static Scores ofEachClass(double... logits) {
    Scores.Sum sum = new Scores.Sum(CLASSES);
    for (int label = 0; label < CLASSES; label++) {
      sum.add(logits, label);
    }
    return sum.scores();
  }

  private static double[] all(double value) {
    double[] logits = new double[CLASSES];
    Arrays.fill(logits, value);
    return logits;
  }

  @Test
  void ofEqualScoresOnlyTheFirstFiveCountAsHits() {
    Scores scores = ofEachClass(all(0.25));
    assertThat(scores.top1()).isEqualTo(10);
    assertThat(scores.top5()).isEqualTo(50);
  }

  @Test
  void scoresThatAreNoNumbersAreNoHits() {
    Scores scores = ofEachClass(all(Double.NaN));
    assertThat(scores.top1()).isZero();
    assertThat(scores.top5()).isZero();
    double[] oneIsNone = all(0);
    oneIsNone[7] = Double.NaN;
    Scores.Sum sum = new Scores.Sum(CLASSES);
    sum.add(oneIsNone, 7);
    assertThat(sum.scores().top5()).isZero();
  }

  @Test
  void theFiveHighestScoresAreHits() {
    Scores scores = ofEachClass(9, 1, 8, 2, 7, 3, 6, 4, 5, 0);
    assertThat(scores.top1()).isEqualTo(10);
    assertThat(scores.top5()).isEqualTo(50);
    Scores.Sum sum = new Scores.Sum(CLASSES);
    sum.add(new double[] {9, 1, 8, 2, 7, 3, 6, 4, 5, 0}, 8);
    sum.add(new double[] {9, 1, 8, 2, 7, 3, 6, 4, 5, 0}, 7);
    assertThat(sum.scores().top5()).isEqualTo(50);
    assertThat(sum.scores().confusion()[8][0]).isEqualTo(1);
  }
}
