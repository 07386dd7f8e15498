package io.mae4j.api.eval;

import java.util.Map;

/** An evaluator that was found by {@link java.util.ServiceLoader}. */
public interface EvaluatorProvider {

  /** Its name on the command line, for example {@code knn}. */
  String name();

  /** One line for people. */
  String description();

  /**
   * What the evaluator can be told, each with the value that holds when nothing is said, for
   * example {@code k = 20}.
   */
  default Map<String, String> options() {
    return Map.of();
  }

  /**
   * Makes the evaluator.
   *
   * @param options a value for each of {@link #options()}
   * @throws io.mae4j.api.error.MaeException of kind USER if a value makes no sense
   */
  Evaluator create(Map<String, String> options);

  /** Makes the evaluator with its default settings. */
  default Evaluator create() {
    return create(options());
  }
}
