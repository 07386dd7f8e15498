package io.mae4j.eval.probe;

import io.mae4j.api.eval.Evaluation;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.random.Randomness;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Softmax regression on frozen features, which are standardised first. Weights start at zero, so
 * that the seed decides only the order of the training images, and a feature that never varies in
 * training has no say in the test.
 *
 * @param recipe how it is trained
 */
record LinearProbe(ProbeRecipe recipe) implements Evaluator {

  @Override
  public Evaluation evaluate(EvaluationTask task) {
    Classification.check(task);
    Standardizer standardizer = Standardizer.of(task.train());
    float[] train = standardizer.apply(task.train());
    float[] test = standardizer.apply(task.test());
    int size = task.train().size();
    int batch = Math.min(recipe.batchSize(), size);
    int[] predictions;
    try (SoftmaxRegression regression =
        new SoftmaxRegression(
            task.backend(), task.train().width(), task.classes(), batch, recipe.weightDecay())) {
      int perEpoch = size / batch;
      int epochs = recipe.epochsOf(perEpoch);
      int total = perEpoch * epochs;
      for (int epoch = 0; epoch < epochs; epoch++) {
        int[] order = shuffled(size, new Randomness(task.seed()).generator("probe", epoch, 0));
        for (int i = 0; i < perEpoch; i++) {
          int done = epoch * perEpoch + i;
          double lr = recipe.lr() * 0.5 * (1 + Math.cos(Math.PI * done / total));
          regression.step(train, task.train().labels(), order, i * batch, lr);
        }
      }
      predictions = regression.predict(test);
    }
    return new Evaluation(
        Classification.accuracy(predictions, task.test().labels()), settings(size, batch));
  }

  private static int[] shuffled(int size, RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private Map<String, String> settings(int size, int batch) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "protocol", "features computed once, without augmentation; the head alone trained");
    settings.put("classifier", "softmax regression");
    settings.put("features", "standardised with mean and variance of the training images");
    settings.put("optimizer", "AdamW, cosine learning rate");
    settings.put("epochs", Integer.toString(recipe.epochsOf(size / batch)));
    settings.put("batch-size", Integer.toString(batch));
    settings.put("lr", Double.toString(recipe.lr()));
    settings.put("weight-decay", Double.toString(recipe.weightDecay()));
    return settings;
  }
}
