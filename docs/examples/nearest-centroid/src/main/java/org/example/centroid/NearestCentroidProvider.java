package org.example.centroid;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.EvaluatorProvider;
import java.util.Map;

/** The service {@code nearest-centroid}. */
public final class NearestCentroidProvider implements EvaluatorProvider {
  private static final String DISTANCE = "distance";
  private static final String USUAL = "euclidean";

  /** For the service loader. */
  public NearestCentroidProvider() {}

  @Override
  public String name() {
    return "nearest-centroid";
  }

  @Override
  public String description() {
    return "classification by the nearest mean of a class; option distance: euclidean or cosine";
  }

  @Override
  public Map<String, String> options() {
    return Map.of(DISTANCE, USUAL);
  }

  @Override
  public Evaluator create(Map<String, String> options) {
    String distance = options.getOrDefault(DISTANCE, USUAL);
    return switch (distance) {
      case "euclidean" -> new NearestCentroid(NearestCentroid.Distance.EUCLIDEAN);
      case "cosine" -> new NearestCentroid(NearestCentroid.Distance.COSINE);
      default ->
          throw MaeException.user("distance must be euclidean or cosine, got '" + distance + "'");
    };
  }
}
