package io.mae4j.eval.probe;

import io.mae4j.api.eval.Evaluation;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.Features;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Weighted k-nearest-neighbour classification (Wu et al. 2018, as in the protocol of DINO):
 * features are scaled to unit length; the k training images most similar to a test image by cosine
 * vote for their class with the weight exp(similarity / temperature). Equal similarities are ranked
 * by the training image's place, equal votes by the class, so that the result depends on nothing
 * but the features. Computed on the host; the engine is not used.
 *
 * @param neighbours k, at least 1; all training images vote where there are fewer
 * @param temperature above 0
 */
record KnnEvaluator(int neighbours, double temperature) implements Evaluator {
  private static final float LEAST_NORM = 1e-12f;

  KnnEvaluator {
    if (neighbours < 1 || !(temperature > 0)) {
      throw new IllegalArgumentException(
          "neighbours " + neighbours + " and temperature " + temperature + " must be positive");
    }
  }

  @Override
  public Evaluation evaluate(EvaluationTask task) {
    Classification.check(task);
    Features train = task.train();
    Features test = task.test();
    int k = Math.min(neighbours, train.size());
    NearestNeighbours nearest = new NearestNeighbours(normalise(train), train.width(), k);
    float[] queries = normalise(test);
    int[] predictions = new int[test.size()];
    IntStream.range(0, nearest.tiles(test.size()))
        .parallel()
        .forEach(
            tile ->
                nearest.search(
                    queries,
                    tile,
                    (row, neighbour, similarity) ->
                        predictions[row] =
                            vote(neighbour, similarity, train.labels(), task.classes())));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("k", Integer.toString(k));
    settings.put("temperature", Double.toString(temperature));
    settings.put("similarity", "cosine");
    return new Evaluation(Classification.accuracy(predictions, test.labels()), settings);
  }

  private int vote(int[] neighbour, float[] similarity, int[] labels, int classes) {
    double[] votes = new double[classes];
    for (int i = 0; i < neighbour.length; i++) {
      votes[labels[neighbour[i]]] += StrictMath.exp(similarity[i] / temperature);
    }
    return Classification.argmax(votes);
  }

  private static float[] normalise(Features features) {
    int width = features.width();
    float[] values = features.values().clone();
    for (int offset = 0; offset < values.length; offset += width) {
      double squares = 0;
      for (int i = offset; i < offset + width; i++) {
        squares += (double) values[i] * values[i];
      }
      float norm = Math.max((float) Math.sqrt(squares), LEAST_NORM);
      for (int i = offset; i < offset + width; i++) {
        values[i] /= norm;
      }
    }
    return values;
  }
}
