package io.mae4j.eval.probe;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.eval.EvaluationTask;
import io.mae4j.api.eval.Features;
import io.mae4j.testkit.reference.ReferenceBackendProvider;

/** Tasks on the reference engine. */
final class Tasks {
  private Tasks() {}

  static Backend reference() {
    return new ReferenceBackendProvider().open(BackendOptions.cpu());
  }

  static Features features(int width, int[] labels, float... values) {
    return new Features(width, values, labels);
  }

  static double accuracy(
      io.mae4j.api.eval.Evaluator evaluator,
      Features train,
      Features test,
      int classes,
      long seed) {
    try (Backend backend = reference()) {
      return evaluator.evaluate(new EvaluationTask(train, test, classes, backend, seed)).accuracy();
    }
  }
}
