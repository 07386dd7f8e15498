package io.mae4j.eval.classify;

import java.util.Arrays;

/**
 * What a classifier scores on labelled images.
 *
 * @param images n, how many there are
 * @param top1 percent whose class has the highest score, of equal ones the first
 * @param top5 percent whose class is among the five highest scores, of equal ones the first
 * @param loss mean cross entropy
 * @param confusion images by true class (row) and class with the highest score (column) [K][K]
 */
public record Scores(int images, double top1, double top5, double loss, int[][] confusion) {
  private static final int TOP = 5;

  /** Adds up batches. */
  static final class Sum {
    private final int[][] confusion;
    private int images;
    private int first;
    private int amongTop;
    private double loss;

    Sum(int classes) {
      this.confusion = new int[classes][classes];
    }

    /** Adds an image's class scores. */
    void add(double[] logits, int label) {
      int best = 0;
      int ahead = 0;
      for (int k = 0; k < logits.length; k++) {
        best = logits[k] > logits[best] ? k : best;
        ahead += isAhead(logits, k, label) ? 1 : 0;
      }
      double largest = logits[best];
      double sum = Arrays.stream(logits).map(value -> StrictMath.exp(value - largest)).sum();
      images++;
      first += ahead == 0 ? 1 : 0;
      amongTop += ahead < TOP ? 1 : 0;
      loss += StrictMath.log(sum) + largest - logits[label];
      confusion[label][best]++;
    }

    /**
     * Whether class k comes before the label: of equal scores the first class does, and before a
     * label whose score is no number, or for a class whose score is none, every class does.
     */
    private static boolean isAhead(double[] logits, int k, int label) {
      return k < label ? !(logits[k] < logits[label]) : k > label && !(logits[k] <= logits[label]);
    }

    int images() {
      return images;
    }

    Scores scores() {
      return new Scores(
          images, 100.0 * first / images, 100.0 * amongTop / images, loss / images, confusion);
    }
  }
}
