package io.mae4j.eval.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.backend.Backend;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogisticObjectiveTest {
  private static final int ROWS = 10;
  private static final int WIDTH = 3;
  private static final int CLASSES = 4;

  private final float[] features = new float[ROWS * WIDTH];
  private final int[] labels = new int[ROWS];
  private final double[] point = new double[CLASSES * (WIDTH + 1)];

  LogisticObjectiveTest() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-2, 2);
    }
    for (int i = 0; i < ROWS; i++) {
      labels[i] = random.nextInt(CLASSES);
    }
    for (int i = 0; i < point.length; i++) {
      point[i] = (float) random.nextDouble(-1, 1);
    }
  }

  /** The formula itself, in double precision. */
  private double value(double[] at) {
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      double[] logits = new double[CLASSES];
      double total = 0;
      for (int k = 0; k < CLASSES; k++) {
        logits[k] = at[CLASSES * WIDTH + k];
        for (int d = 0; d < WIDTH; d++) {
          logits[k] += at[k * WIDTH + d] * features[i * WIDTH + d];
        }
        total += Math.exp(logits[k]);
      }
      sum += Math.log(total) - logits[labels[i]];
    }
    for (int i = 0; i < CLASSES * WIDTH; i++) {
      sum += at[i] * at[i] / 2;
    }
    return sum / ROWS;
  }

  @Test
  void isTheFormulaAndItsDerivativesHoweverRowsAreParted() {
    for (int part : new int[] {ROWS, 4, 1}) {
      double[] gradient = new double[point.length];
      try (Backend backend = Tasks.reference();
          LogisticObjective objective =
              new LogisticObjective(backend, features, labels, CLASSES, part)) {
        assertThat(objective.evaluate(point, gradient)).isCloseTo(value(point), within(1e-6));
      }
      for (int i = 0; i < point.length; i++) {
        double[] more = point.clone();
        double[] less = point.clone();
        more[i] += 1e-5;
        less[i] -= 1e-5;
        assertThat(gradient[i]).isCloseTo((value(more) - value(less)) / 2e-5, within(1e-6));
      }
    }
  }
}
