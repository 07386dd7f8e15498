package io.mae4j.eval.probe;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.EvaluatorProvider;
import java.util.LinkedHashMap;
import java.util.Map;

/** The service {@code knn}. */
public final class KnnEvaluatorProvider implements EvaluatorProvider {
  private static final int NEIGHBOURS = 20;
  private static final double USUAL_TEMPERATURE = 0.07;
  private static final String K = "k";
  private static final String TEMPERATURE = "temperature";

  /** For the service loader. */
  public KnnEvaluatorProvider() {}

  @Override
  public String name() {
    return "knn";
  }

  @Override
  public String description() {
    return "weighted k-nearest-neighbour classification of frozen features (cosine similarity)";
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(K, Integer.toString(NEIGHBOURS));
    options.put(TEMPERATURE, Double.toString(USUAL_TEMPERATURE));
    return options;
  }

  @Override
  public Evaluator create(Map<String, String> options) {
    double k = number(options, K, NEIGHBOURS);
    double temperature = number(options, TEMPERATURE, USUAL_TEMPERATURE);
    if (!(k >= 1 && k == Math.rint(k) && k <= Integer.MAX_VALUE)) {
      throw MaeException.user("k must be a whole number of at least 1, got " + options.get(K));
    }
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw MaeException.user("temperature must be above 0, got " + options.get(TEMPERATURE));
    }
    return new KnnEvaluator((int) k, temperature);
  }

  private static double number(Map<String, String> options, String name, double initial) {
    String text = options.getOrDefault(name, Double.toString(initial));
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new MaeException(ErrorKind.USER, name + " must be a number, got '" + text + "'", e);
    }
  }
}
