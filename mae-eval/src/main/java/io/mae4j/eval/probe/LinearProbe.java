package io.mae4j.eval.probe;

import io.mae4j.api.eval.Evaluation;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Evaluator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Multinomial logistic regression on frozen features, which are standardised first. The problem is
 * convex and solved until its gradient vanishes, so that no learning rate and no seed has a say;
 * nor has a feature that never varies in training.
 */
record LinearProbe() implements Evaluator {
  /** scikit-learn's tolerance; its 100 iterations are often too few for correlated features. */
  private static final Lbfgs METHOD = new Lbfgs(1e-4, 500);

  private static final int PART = 4096;

  @Override
  public Evaluation evaluate(EvaluationTask task) {
    Classification.check(task);
    Standardizer standardizer = Standardizer.of(task.train());
    float[] train = standardizer.apply(task.train());
    float[] test = standardizer.apply(task.test());
    int width = task.train().width();
    double[] found;
    try (LogisticObjective objective =
        new LogisticObjective(task.backend(), train, task.train().labels(), task.classes(), PART)) {
      found = METHOD.minimize(objective, new double[task.classes() * (width + 1)]);
    }
    int[] predictions = predict(test, width, task.classes(), found);
    return new Evaluation(Classification.accuracy(predictions, task.test().labels()), settings());
  }

  private static int[] predict(float[] features, int width, int classes, double[] point) {
    int[] predictions = new int[features.length / width];
    double[] logits = new double[classes];
    for (int i = 0; i < predictions.length; i++) {
      for (int k = 0; k < classes; k++) {
        double logit = point[classes * width + k];
        for (int d = 0; d < width; d++) {
          logit += point[k * width + d] * features[i * width + d];
        }
        logits[k] = logit;
      }
      predictions[i] = Classification.argmax(logits);
    }
    return predictions;
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "protocol", "features computed once, without augmentation; the head alone trained");
    settings.put("classifier", "logistic regression, L2 with C = 1");
    settings.put("features", "standardised with mean and variance of the training images");
    settings.put(
        "optimizer",
        String.format(
            Locale.ROOT,
            "L-BFGS until no derivative exceeds %s, at most %d iterations",
            METHOD.tolerance(),
            METHOD.iterations()));
    return settings;
  }
}
