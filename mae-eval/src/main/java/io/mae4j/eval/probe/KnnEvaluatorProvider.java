package io.mae4j.eval.probe;

import io.mae4j.api.eval.Evaluator;
import io.mae4j.api.eval.EvaluatorProvider;

/** The service {@code knn}. */
public final class KnnEvaluatorProvider implements EvaluatorProvider {
  private static final int NEIGHBOURS = 20;
  private static final double TEMPERATURE = 0.07;

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
  public Evaluator create() {
    return new KnnEvaluator(NEIGHBOURS, TEMPERATURE);
  }
}
