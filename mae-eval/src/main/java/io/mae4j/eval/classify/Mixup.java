package io.mae4j.eval.classify;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.random.Draws;

/**
 * Mixing of images and softening of labels as the official fine-tuning does it: each batch is
 * either blended (mixup) or pasted (CutMix), one choice for the whole batch. With both turned off,
 * images stay as they are and labels are smoothed alone.
 *
 * @param mixup α of the blend's λ ~ Beta(α, α); 0 for none
 * @param cutmix α of the paste's λ; 0 for none
 * @param smoothing s: a label keeps 1 − s, and s is spread evenly over all classes
 */
public record Mixup(double mixup, double cutmix, double smoothing) {
  /** Labels as they are. */
  public static final Mixup NONE = new Mixup(0, 0, 0);

  private static final double SWITCH = 0.5;

  /** Checks the numbers. */
  public Mixup {
    if (!(mixup >= 0 && cutmix >= 0)) {
      throw MaeException.user(
          "mixup and cutmix must be at least 0, got " + mixup + " and " + cutmix);
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw MaeException.user("smoothing must be at least 0 and below 1, got " + smoothing);
    }
  }

  /** The official recipe: mixup .8, CutMix 1, smoothing .1. */
  public static Mixup official() {
    return new Mixup(0.8, 1, 0.1);
  }

  /** Draws how a batch of images of this size is mixed. */
  Mix draw(int height, int width, Draws random) {
    if (mixup == 0 && cutmix == 0) {
      return new Mix.Blend(1);
    }
    boolean paste = cutmix > 0 && (mixup == 0 || random.unit() < SWITCH);
    double lambda = Beta.draw(paste ? cutmix : mixup, random);
    return paste
        ? Mix.Paste.around(random.below(height), random.below(width), lambda, height, width)
        : new Mix.Blend(lambda);
  }

  /**
   * The targets of a mixed batch.
   *
   * @param labels classes [B]
   * @param share λ of the mix
   * @param classes K
   * @return [B, K]; each row sums to 1
   */
  Array targets(int[] labels, double share, int classes) {
    double off = smoothing / classes;
    double on = 1 - smoothing;
    int count = labels.length;
    double[] targets = new double[count * classes];
    java.util.Arrays.fill(targets, off);
    for (int i = 0; i < count; i++) {
      targets[i * classes + labels[i]] += on * share;
      targets[i * classes + labels[count - 1 - i]] += on * (1 - share);
    }
    return Array.of(Shape.of(count, classes), targets);
  }
}
