package io.mae4j.api.eval;

/** An evaluator that was found by {@link java.util.ServiceLoader}. */
public interface EvaluatorProvider {

  /** Its name on the command line, for example {@code knn}. */
  String name();

  /** One line for people. */
  String description();

  /** Makes the evaluator with its default settings. */
  Evaluator create();
}
