package io.mae4j.eval.classify;

import java.util.Arrays;

/**
 * What a classifier scores on labelled images.
 *
 * @param images n, how many there are
 * @param top1 percent whose class has the highest score
 * @param top5 percent whose class is among the five highest scores
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
      int higher = 0;
      for (int k = 0; k < logits.length; k++) {
        best = logits[k] > logits[best] ? k : best;
        higher += logits[k] > logits[label] ? 1 : 0;
      }
      double largest = logits[best];
      double sum = Arrays.stream(logits).map(value -> StrictMath.exp(value - largest)).sum();
      images++;
      first += best == label ? 1 : 0;
      amongTop += higher < TOP ? 1 : 0;
      loss += StrictMath.log(sum) + largest - logits[label];
      confusion[label][best]++;
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
