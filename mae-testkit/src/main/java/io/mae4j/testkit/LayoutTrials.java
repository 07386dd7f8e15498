package io.mae4j.testkit;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Operators that move values without computing: their results are exact. */
final class LayoutTrials {
  private LayoutTrials() {}

  static List<NamedTrial> all() {
    List<NamedTrial> trials = new ArrayList<>();
    trials.add(
        new NamedTrial(
            "constants and fills",
            t -> {
              t.exact(t.graph().constant(Array.of(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6})));
              t.exact(t.graph().constant(Array.of(Shape.of(2), new double[] {0.1f, -1e-30f})));
              t.exact(t.graph().constant(Array.scalar(-0.5f)));
              t.exact(t.graph().fill(0, Shape.of(3, 1, 2)));
              t.exact(t.graph().fill(-2.5, Shape.of()));
              t.exact(t.graph().fill(0.1f, Shape.of(1)));
            }));
    trials.add(reshape(new int[] {2, 3, 4}, 6, 4));
    trials.add(reshape(new int[] {2, 3, 4}, 24));
    trials.add(reshape(new int[] {24}, 2, 3, 4));
    trials.add(reshape(new int[] {2, 6}, 3, 4));
    trials.add(reshape(new int[] {1}));
    trials.add(reshape(new int[] {}, 1, 1));
    trials.add(reshape(new int[] {5}, 1, 5, 1));
    trials.add(broadcast(new int[] {}, 2, 3));
    trials.add(broadcast(new int[] {1}, 4));
    trials.add(broadcast(new int[] {3}, 2, 3));
    trials.add(broadcast(new int[] {2, 1}, 2, 3));
    trials.add(broadcast(new int[] {1, 1, 4}, 2, 3, 4));
    trials.add(broadcast(new int[] {3, 1}, 2, 3, 4));
    trials.add(broadcast(new int[] {2, 1, 4, 1}, 2, 3, 4, 5));
    trials.add(split(new int[] {7}, 0, 1, 4, 2));
    trials.add(split(new int[] {5, 3}, 0, 2, 3));
    trials.add(split(new int[] {5, 3}, 1, 1, 2));
    trials.add(split(new int[] {2, 9, 3}, 1, 1, 6, 2));
    trials.add(split(new int[] {2, 3, 8}, -1, 3, 1, 4));
    trials.add(split(new int[] {2, 1, 3}, 1, 1));
    trials.add(split(new int[] {4, 1, 1}, 0, 1, 1, 1, 1));
    trials.add(concat(0, new int[] {2, 3}, new int[] {1, 3}));
    trials.add(concat(1, new int[] {2, 3}, new int[] {2, 1}, new int[] {2, 4}));
    trials.add(concat(-1, new int[] {2, 3, 4}, new int[] {2, 3, 1}));
    trials.add(concat(1, new int[] {1, 1, 5}, new int[] {1, 3, 5}));
    trials.add(concat(0, new int[] {3}));
    trials.add(concat(0, new int[] {1}, new int[] {1}));
    trials.add(
        new NamedTrial(
            "concat of a tensor with itself",
            t -> {
              Tensor x = t.normal(2, 3);
              t.exact(t.graph().concat(0, x, x));
              t.exact(t.graph().concat(1, x, x, x));
            }));
    for (int[] s : new int[][] {{2, 5, 3, 4}, {1, 5, 3, 4}, {3, 1, 1, 1}, {2, 4, 4, 1}}) {
      trials.add(
          new NamedTrial(
              "gather %2$d of %1$d tokens and scatter them back".formatted(s[1], s[2])
                  + ", batch "
                  + s[0]
                  + ", width "
                  + s[3],
              t -> {
                Tensor index = t.indices(s[1], s[0], s[2]);
                t.exact(t.graph().gatherTokens(t.normal(s[0], s[1], s[3]), index));
                t.exact(t.graph().gatherTokens(t.normal(1, s[1], s[3]), index));
                t.exact(t.graph().scatterTokens(t.normal(s[0], s[2], s[3]), index, s[1]));
              }));
    }
    trials.add(
        new NamedTrial(
            "gather with repeated indices",
            t ->
                t.exact(
                    t.graph()
                        .gatherTokens(
                            t.normal(2, 4, 3),
                            t.indices(Shape.of(2, 5), 0, 0, 3, 1, 0, 2, 2, 2, 2, 3)))));
    trials.add(
        new NamedTrial(
            "gather more tokens than there are",
            t ->
                t.exact(
                    t.graph()
                        .gatherTokens(t.normal(1, 1, 2), t.indices(Shape.of(1, 3), 0, 0, 0)))));
    trials.add(
        new NamedTrial(
            "values that arithmetic would change are moved untouched",
            t -> {
              Tensor x =
                  t.values(
                      Shape.of(1, 2, 3),
                      Float.MIN_VALUE,
                      -0f,
                      Float.MAX_VALUE,
                      Float.NEGATIVE_INFINITY,
                      1.1f,
                      -Float.MIN_NORMAL);
              t.exact(t.graph().reshape(x, Shape.of(6)));
              t.exact(t.graph().broadcast(x, Shape.of(2, 2, 3)));
              t.exact(t.graph().concat(0, x, x));
              t.exact(t.graph().split(x, 2, 1, 2).get(1));
              t.exact(t.graph().gatherTokens(x, t.indices(2, 1, 2)));
              t.exact(t.graph().scatterTokens(x, t.indices(4, 1, 2), 4));
            }));
    return trials;
  }

  private static NamedTrial reshape(int[] from, int... to) {
    return new NamedTrial(
        "reshape " + Shape.of(from) + " to " + Shape.of(to),
        t -> t.exact(t.graph().reshape(t.normal(from), Shape.of(to))));
  }

  private static NamedTrial broadcast(int[] from, int... to) {
    return new NamedTrial(
        "broadcast " + Shape.of(from) + " to " + Shape.of(to),
        t -> t.exact(t.graph().broadcast(t.normal(from), Shape.of(to))));
  }

  private static NamedTrial split(int[] dims, int axis, Integer... sizes) {
    return new NamedTrial(
        "split " + Shape.of(dims) + " along " + axis + " into " + Arrays.toString(sizes),
        t -> {
          List<Tensor> pieces = t.graph().split(t.normal(dims), axis, sizes);
          pieces.forEach(t::exact);
          List<Tensor> reversed = new ArrayList<>(pieces);
          Collections.reverse(reversed);
          t.exact(t.graph().concat(axis, reversed.toArray(new Tensor[0])));
        });
  }

  private static NamedTrial concat(int axis, int[]... parts) {
    return new NamedTrial(
        "concat along " + axis + " of " + Arrays.stream(parts).map(Shape::of).toList(),
        t ->
            t.exact(
                t.graph()
                    .concat(axis, Arrays.stream(parts).map(t::normal).toArray(Tensor[]::new))));
  }
}
