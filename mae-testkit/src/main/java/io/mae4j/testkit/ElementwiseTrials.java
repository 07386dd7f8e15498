package io.mae4j.testkit;

import static io.mae4j.testkit.Tolerance.ARITHMETIC;
import static io.mae4j.testkit.Tolerance.GELU;
import static io.mae4j.testkit.Tolerance.GELU_GRAD;
import static io.mae4j.testkit.Tolerance.SUM;

import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Binary;
import io.mae4j.api.graph.op.GeluGrad;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arithmetic on elements, and sums of them. */
final class ElementwiseTrials {
  private static final float[] WIDE = {
    -10000, -100, -13, -6, -5, -3.5f, -1, -0.1f, -1e-4f, -0f, 0, 1e-4f, 0.1f, 0.5f, 1, 2.5f, 5, 6,
    13, 100, 10000
  };

  private ElementwiseTrials() {}

  static List<NamedTrial> all() {
    List<NamedTrial> trials = new ArrayList<>();
    int[][][] pairs = {
      {{}, {}},
      {{1}, {1}},
      {{3, 5}, {3, 5}},
      {{3, 5}, {}},
      {{}, {3, 5}},
      {{3, 5}, {5}},
      {{5}, {3, 5}},
      {{3, 5}, {3, 1}},
      {{3, 1}, {3, 5}},
      {{3, 1}, {1, 5}},
      {{3, 5}, {1, 1}},
      {{1, 7}, {1, 7}},
      {{2, 3, 4}, {3, 1}},
      {{2, 3, 4}, {2, 1, 4}},
      {{2, 3, 4}, {1, 1, 4}},
      {{1, 3, 1}, {2, 1, 4}},
      {{2, 1, 3, 1}, {4, 1, 5}},
      {{2, 3, 4, 5}, {2, 1, 1, 1}},
    };
    for (Binary.Kind kind : Binary.Kind.values()) {
      for (int[][] pair : pairs) {
        trials.add(binary(kind, pair[0], pair[1]));
      }
      trials.add(
          new NamedTrial(
              kind + " of a tensor with itself",
              t -> {
                Tensor x = t.uniform(0.5, 2, 4, 3);
                t.close(apply(t, kind, x, x), ARITHMETIC, 1);
              }));
    }
    for (int[] dims : new int[][] {{}, {1}, {7}, {3, 5}, {1, 1, 1}, {2, 3, 4, 5}}) {
      trials.add(
          new NamedTrial(
              "square, square root and affine of " + Shape.of(dims),
              t -> {
                Tensor x = t.uniform(0.01, 100, dims);
                t.close(t.graph().sqrt(x), ARITHMETIC, 1);
                t.close(t.graph().square(x), ARITHMETIC, 1);
                t.close(t.graph().affine(x, -1.7, 0.3), ARITHMETIC, 1);
                t.close(t.graph().affine(x, 1, 0), ARITHMETIC, 1);
                t.exact(t.graph().affine(x, 0, 2.5));
              }));
      trials.add(
          new NamedTrial(
              "gelu and its gradient of " + Shape.of(dims),
              t -> {
                Tensor x = t.normalAround(0, 2, dims);
                t.close(t.graph().gelu(x), GELU, 1);
                t.close(geluGrad(t, t.normal(dims), x), GELU_GRAD, 1);
              }));
    }
    trials.add(
        new NamedTrial(
            "square root of very small and very large values",
            t ->
                t.close(
                    t.graph().sqrt(t.values(Shape.of(4), 0, 1e-30f, 1e-10f, 1e30f)),
                    ARITHMETIC,
                    1)));
    trials.add(
        new NamedTrial(
            "gelu and its gradient from -10000 to 10000",
            t -> {
              Tensor x = t.values(Shape.of(WIDE.length), WIDE);
              t.close(t.graph().gelu(x), GELU, 1);
              t.close(geluGrad(t, t.graph().fill(1, x.shape()), x), GELU_GRAD, 1);
            }));
    for (float x : WIDE) {
      trials.add(
          new NamedTrial(
              "gelu of " + x + " alone, so that small results count",
              t -> {
                Tensor value = t.values(Shape.of(1), x);
                t.closeAtScale(t.graph().gelu(value), GELU, 1, Math.min(1, Math.abs(x)));
                t.closeAtScale(
                    geluGrad(t, t.graph().fill(1, value.shape()), value), GELU_GRAD, 1, 1);
              }));
    }
    trials.add(sum(new int[] {}, true));
    trials.add(sum(new int[] {1}, true, 0));
    trials.add(sum(new int[] {7}, false, 0));
    trials.add(sum(new int[] {3, 5}, false, 0));
    trials.add(sum(new int[] {3, 5}, false, 1));
    trials.add(sum(new int[] {3, 5}, true, 1));
    trials.add(sum(new int[] {3, 5}, false, 0, 1));
    trials.add(sum(new int[] {3, 5}, true, 0, 1));
    trials.add(sum(new int[] {3, 5}, true));
    trials.add(sum(new int[] {2, 3, 4}, false, 1));
    trials.add(sum(new int[] {2, 3, 4}, true, 0, 2));
    trials.add(sum(new int[] {2, 3, 4}, false, 0, 2));
    trials.add(sum(new int[] {2, 3, 4, 5}, false, 0, 1, 2));
    trials.add(sum(new int[] {2, 3, 4, 5}, false, 1, 3));
    trials.add(sum(new int[] {1, 1, 6}, false, 0, 1));
    trials.add(sum(new int[] {1000, 37}, false, 0));
    trials.add(sum(new int[] {37, 1000}, false, 1));
    trials.add(sum(new int[] {10, 1, 100, 37}, false, 0, 1, 2, 3));
    return trials;
  }

  private static NamedTrial binary(Binary.Kind kind, int[] a, int[] b) {
    return new NamedTrial(
        kind + " of " + Shape.of(a) + " and " + Shape.of(b),
        t -> {
          Tensor left = t.normal(a);
          Tensor right = kind == Binary.Kind.DIV ? t.uniform(0.5, 4, b) : t.normal(b);
          t.close(apply(t, kind, left, right), ARITHMETIC, 1);
        });
  }

  private static Tensor apply(Trial t, Binary.Kind kind, Tensor a, Tensor b) {
    return t.graph().apply(new Binary(kind), List.of(a, b)).get(0);
  }

  private static Tensor geluGrad(Trial t, Tensor dy, Tensor x) {
    return t.graph().apply(new GeluGrad(), List.of(dy, x)).get(0);
  }

  private static NamedTrial sum(int[] dims, boolean keepDims, int... axes) {
    int terms = 1;
    for (int axis : axes) {
      terms *= dims[axis];
    }
    int summed = terms;
    return new NamedTrial(
        "sum of %s over axes %s%s"
            .formatted(Shape.of(dims), Arrays.toString(axes), keepDims ? ", kept" : ""),
        t -> {
          Tensor x = t.uniform(-1, 2, dims);
          t.close(t.graph().sum(x, keepDims, axes), SUM, summed);
        });
  }
}
