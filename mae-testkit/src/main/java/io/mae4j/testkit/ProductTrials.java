package io.mae4j.testkit;

import static io.mae4j.testkit.Tolerance.PRODUCT;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Linear;
import java.util.ArrayList;
import java.util.List;

/** Matrix products. */
final class ProductTrials {
  private ProductTrials() {}

  static List<NamedTrial> all() {
    List<NamedTrial> trials = new ArrayList<>();
    int[][] sizes = {{1, 1, 1}, {1, 7, 1}, {5, 1, 3}, {3, 5, 7}, {1, 64, 33}, {17, 129, 2}};
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        for (int[] s : sizes) {
          trials.add(matmul(transposeA, transposeB, s[0], s[1], s[2]));
          trials.add(matmul(transposeA, transposeB, s[0], s[1], s[2], 3));
        }
        trials.add(matmul(transposeA, transposeB, 4, 6, 5, 1));
        trials.add(matmul(transposeA, transposeB, 4, 6, 5, 2, 3));
        trials.add(matmul(transposeA, transposeB, 3, 4, 2, 2, 1, 3));
      }
    }
    trials.add(
        new NamedTrial(
            "matmul of a tensor by itself, transposed",
            t -> {
              Tensor x = t.normal(9, 13);
              t.close(t.graph().matmul(x, x, true, false), PRODUCT, 9);
              t.close(t.graph().matmul(x, x, false, true), PRODUCT, 13);
            }));
    trials.add(
        new NamedTrial(
            "matmul of large values",
            t ->
                t.close(
                    t.graph()
                        .matmul(
                            t.normalAround(0, 1e15, 5, 6),
                            t.normalAround(0, 1e15, 6, 7),
                            false,
                            false),
                    PRODUCT,
                    6)));
    trials.add(linear(true, 5, 3, 7));
    trials.add(linear(true, 1, 1, 2, 1));
    trials.add(linear(true, 9, 1, 5, 4));
    trials.add(linear(true, 6, 11, 2, 3, 4));
    trials.add(linear(true, 1, 1, 1));
    trials.add(linear(true, 64, 48, 1, 17));
    trials.add(
        new NamedTrial(
            "linear of a single vector",
            t -> t.close(t.graph().linear(t.normal(6), t.normal(4, 6), t.normal(4)), PRODUCT, 7)));
    trials.add(linear(false, 5, 3, 7));
    trials.add(linear(false, 9, 1, 5, 4));
    trials.add(linear(false, 1, 6, 1, 1));
    return trials;
  }

  private static NamedTrial matmul(
      boolean transposeA, boolean transposeB, int m, int k, int n, int... batch) {
    int[] a = dims(batch, transposeA ? k : m, transposeA ? m : k);
    int[] b = dims(batch, transposeB ? n : k, transposeB ? k : n);
    String name =
        "matmul %s%s · %s%s"
            .formatted(Shape.of(a), transposeA ? "ᵀ" : "", Shape.of(b), transposeB ? "ᵀ" : "");
    return new NamedTrial(
        name,
        t ->
            t.close(
                t.graph().matmul(t.normal(a), t.normal(b), transposeA, transposeB), PRODUCT, k));
  }

  private static NamedTrial linear(boolean bias, int inputs, int outputs, int... leading) {
    String name =
        "linear %s %d → %d%s"
            .formatted(Shape.of(leading), inputs, outputs, bias ? "" : " without bias");
    return new NamedTrial(
        name,
        t -> {
          GraphBuilder g = t.graph();
          Tensor x = t.normal(dims(leading, inputs));
          Tensor w = t.normal(outputs, inputs);
          Tensor y =
              bias
                  ? g.linear(x, w, t.normal(outputs))
                  : g.apply(new Linear(), List.of(x, w)).get(0);
          t.close(y, PRODUCT, inputs + 1);
        });
  }

  private static int[] dims(int[] leading, int... last) {
    int[] dims = new int[leading.length + last.length];
    System.arraycopy(leading, 0, dims, 0, leading.length);
    System.arraycopy(last, 0, dims, leading.length, last.length);
    return dims;
  }
}
