package io.mae4j.api.eval;

/** A measure of frozen features. */
@FunctionalInterface
public interface Evaluator {

  /** Measures features. Equal tasks give equal results. */
  Evaluation evaluate(EvaluationTask task);
}
