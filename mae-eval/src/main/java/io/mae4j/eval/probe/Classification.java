package io.mae4j.eval.probe;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Features;

/** What every classification of frozen features checks first and counts last. */
final class Classification {
  private Classification() {}

  /**
   * Refuses a task that no classifier can work on.
   *
   * @throws MaeException of kind DATA if images or labels are missing, widths differ, or a feature
   *     is not finite
   */
  static void check(EvaluationTask task) {
    if (task.train().width() != task.test().width()) {
      throw MaeException.data(
          "training features have width "
              + task.train().width()
              + ", test features "
              + task.test().width());
    }
    check(task.train(), "training", task.classes());
    check(task.test(), "test", task.classes());
  }

  private static void check(Features features, String part, int classes) {
    if (features.size() == 0) {
      throw MaeException.data("there are no " + part + " images to evaluate on");
    }
    for (int i = 0; i < features.size(); i++) {
      int label = features.labels()[i];
      if (label < 0 || label >= classes) {
        throw MaeException.data(
            part
                + " image "
                + i
                + " has the label "
                + label
                + ", outside 0.."
                + (classes - 1)
                + "; evaluation needs a class for every image");
      }
    }
    for (int i = 0; i < features.values().length; i++) {
      if (!Float.isFinite(features.values()[i])) {
        throw MaeException.data(
            "feature "
                + i % features.width()
                + " of "
                + part
                + " image "
                + i / features.width()
                + " is "
                + features.values()[i]
                + "; the encoder's values are broken");
      }
    }
  }

  /** Top-1 accuracy in percent. */
  static double accuracy(int[] predictions, int[] labels) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += predictions[i] == labels[i] ? 1 : 0;
    }
    return 100.0 * right / labels.length;
  }

  /** The place of the largest value; the first of equal ones. */
  static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
