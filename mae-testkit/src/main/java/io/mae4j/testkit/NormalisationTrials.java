package io.mae4j.testkit;

import static io.mae4j.testkit.Tolerance.LAYER_NORM;
import static io.mae4j.testkit.Tolerance.LAYER_NORM_GRAD;

import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.LayerNorm;
import io.mae4j.api.graph.op.LayerNormGrad;
import java.util.ArrayList;
import java.util.List;

/** Layer normalisation and its gradient. */
final class NormalisationTrials {
  private static final double EPS = 1e-6;

  private NormalisationTrials() {}

  static List<NamedTrial> all() {
    List<NamedTrial> trials = new ArrayList<>();
    for (int[] dims : new int[][] {{7}, {1, 5}, {3, 2}, {2, 3, 64}, {1, 1, 33}, {2, 2, 3, 10}}) {
      trials.add(trial("of " + Shape.of(dims), EPS, 0, 1, dims));
    }
    trials.add(trial("with a large epsilon", 0.1, 0.5, 1, 3, 16));
    trials.add(trial("of small values, where epsilon counts", EPS, 0, 1e-3, 3, 16));
    trials.add(trial("of large values", EPS, 0, 1e4, 3, 16));
    trials.add(trial("with a mean of 100", EPS, 100, 1, 3, 48));
    trials.add(trial("with a mean of -10000", EPS, -1e4, 10, 3, 48));
    trials.add(
        new NamedTrial(
            "layer norm of equal values is the bias",
            t -> {
              Tensor x = t.values(Shape.of(2, 3), 1, 1, 1, -4, -4, -4);
              List<Tensor> y = norm(t, x, EPS);
              t.exact(y.get(0));
              t.exact(y.get(1));
              t.close(y.get(2), LAYER_NORM, 3);
            }));
    trials.add(
        new NamedTrial(
            "layer norm over one element and its gradient",
            t -> {
              Tensor x = t.values(Shape.of(3, 1), 0.5f, -2, 8);
              List<Tensor> y = norm(t, x, EPS);
              t.exact(y.get(0));
              t.exact(y.get(1));
              t.close(y.get(2), LAYER_NORM, 1);
              List<Tensor> grad = gradient(t, t.normal(3, 1), x, y.get(1), y.get(2));
              t.closeAtScale(grad.get(0), LAYER_NORM_GRAD, 1, 1e3);
              t.closeAtScale(grad.get(1), LAYER_NORM_GRAD, 1, 1);
              t.close(grad.get(2), LAYER_NORM_GRAD, 3);
            }));
    trials.add(
        new NamedTrial(
            "layer norm gradient with statistics from outside",
            t -> {
              Tensor x = t.normal(5, 8);
              List<Tensor> grad =
                  gradient(
                      t, t.normal(5, 8), x, t.normalAround(0, 0.1, 5, 1), t.uniform(0.5, 2, 5, 1));
              grad.forEach(g -> t.close(g, LAYER_NORM_GRAD, 8));
            }));
    trials.add(
        new NamedTrial(
            "layer norm of which only the mean is used",
            t -> t.close(norm(t, t.normal(4, 9), EPS).get(1), LAYER_NORM, 9)));
    return trials;
  }

  private static NamedTrial trial(
      String what, double eps, double mean, double deviation, int... dims) {
    double condition = Math.max(1, Math.abs(mean) / deviation);
    return new NamedTrial(
        "layer norm and its gradient " + what,
        t -> {
          int width = dims[dims.length - 1];
          Tensor x = t.normalAround(mean, deviation, dims);
          List<Tensor> y = norm(t, x, eps);
          t.close(y.get(0), LAYER_NORM, width, condition);
          t.closeAtScale(y.get(1), LAYER_NORM, width, deviation);
          t.close(y.get(2), LAYER_NORM, width, condition);
          int rows = Math.toIntExact(x.shape().size() / width);
          List<Tensor> grads = gradient(t, t.normal(dims), x, y.get(1), y.get(2));
          int terms = Math.max(width, rows);
          if (width == 2) { // dx is what is left when everything else cancels
            t.closeAtScale(grads.get(0), LAYER_NORM_GRAD, terms, 1 / deviation);
          } else {
            t.close(grads.get(0), LAYER_NORM_GRAD, terms, condition);
          }
          t.close(grads.get(1), LAYER_NORM_GRAD, terms, condition);
          t.close(grads.get(2), LAYER_NORM_GRAD, terms, condition);
        });
  }

  private static List<Tensor> norm(Trial t, Tensor x, double eps) {
    int width = x.dim(-1);
    return t.graph()
        .apply(new LayerNorm(eps), List.of(x, t.normalAround(1, 0.5, width), t.normal(width)));
  }

  private static List<Tensor> gradient(Trial t, Tensor dy, Tensor x, Tensor mean, Tensor rstd) {
    Tensor w = t.normalAround(1, 0.5, x.dim(-1));
    return t.graph().apply(new LayerNormGrad(), List.of(dy, x, mean, rstd, w));
  }
}
