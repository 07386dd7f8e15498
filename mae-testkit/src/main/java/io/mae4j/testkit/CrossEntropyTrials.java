package io.mae4j.testkit;

import static io.mae4j.testkit.Tolerance.CROSS_ENTROPY;
import static io.mae4j.testkit.Tolerance.CROSS_ENTROPY_GRAD;

import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.CrossEntropyGrad;
import java.util.ArrayList;
import java.util.List;

/** Cross entropy against soft targets and its gradient. */
final class CrossEntropyTrials {
  private CrossEntropyTrials() {}

  static List<NamedTrial> all() {
    List<NamedTrial> trials = new ArrayList<>();
    for (int[] dims : new int[][] {{4, 10}, {1, 3}, {7, 2}, {3, 1000}}) {
      trials.add(
          new NamedTrial(
              "cross entropy and its gradient of " + Shape.of(dims),
              t -> check(t, t.normalAround(0, 3, dims), t.uniform(0, 1, dims))));
    }
    trials.add(
        new NamedTrial(
            "cross entropy of one class is zero",
            t -> {
              Tensor logits = t.values(Shape.of(2, 1), 3, -5);
              Tensor targets = t.values(Shape.of(2, 1), 1, 1);
              t.exact(t.graph().crossEntropy(logits, targets));
              t.exact(gradient(t, t.normal(2), logits, targets));
            }));
    trials.add(
        new NamedTrial(
            "cross entropy of hard targets",
            t ->
                check(
                    t,
                    t.normal(3, 4),
                    t.values(Shape.of(3, 4), 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0))));
    trials.add(
        new NamedTrial(
            "cross entropy of targets that sum to 2 or 0",
            t -> check(t, t.normal(2, 3), t.values(Shape.of(2, 3), 0.5f, 0.5f, 1, 0, 0, 0))));
    trials.add(
        new NamedTrial(
            "cross entropy of logits of ±10000, right and wrong",
            t ->
                check(
                    t,
                    t.values(Shape.of(3, 3), 1e4f, -1e4f, 0, 1e4f, -1e4f, 0, -1e4f, -1e4f, -1e4f),
                    t.values(Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 0, 0.25f, 0.75f))));
    return trials;
  }

  private static void check(Trial t, Tensor logits, Tensor targets) {
    int classes = logits.dim(1);
    t.close(t.graph().crossEntropy(logits, targets), CROSS_ENTROPY, classes);
    Tensor dloss = t.normal(logits.dim(0));
    t.closeAtScale(gradient(t, dloss, logits, targets), CROSS_ENTROPY_GRAD, classes, 1);
  }

  private static Tensor gradient(Trial t, Tensor dloss, Tensor logits, Tensor targets) {
    return t.graph().apply(new CrossEntropyGrad(), List.of(dloss, logits, targets)).get(0);
  }
}
