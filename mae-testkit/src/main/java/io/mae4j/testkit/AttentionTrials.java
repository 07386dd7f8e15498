package io.mae4j.testkit;

import static io.mae4j.testkit.Tolerance.ATTENTION;
import static io.mae4j.testkit.Tolerance.ATTENTION_GRAD;

import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.graph.op.AttentionGrad;
import java.util.ArrayList;
import java.util.List;

/** Attention and its gradient. */
final class AttentionTrials {
  private AttentionTrials() {}

  static List<NamedTrial> all() {
    List<NamedTrial> trials = new ArrayList<>();
    trials.add(trial(2, 5, 5, 8, 1));
    trials.add(trial(2, 5, 5, 12, 3));
    trials.add(trial(1, 4, 4, 6, 3));
    trials.add(trial(2, 3, 7, 12, 3));
    trials.add(trial(2, 7, 3, 12, 3));
    trials.add(trial(3, 1, 5, 8, 2));
    trials.add(trial(3, 5, 1, 8, 2));
    trials.add(trial(1, 1, 1, 1, 1));
    trials.add(trial(2, 3, 4, 3, 3));
    trials.add(trial(1, 17, 65, 96, 3));
    trials.add(trial(2, 33, 33, 64, 1));
    trials.add(
        new NamedTrial(
            "attention of a tensor to itself",
            t -> {
              Tensor x = t.normal(2, 5, 6);
              check(t, attention(t, x, x, x, 2, 0.5), t.normal(2, 5, 6), x, x, x, 2, 0.5, 1);
            }));
    trials.add(
        new NamedTrial(
            "attention with a scale of 1 and moderate scores",
            t -> {
              Tensor q = t.normalAround(0, 2, 2, 5, 6);
              Tensor k = t.normalAround(0, 2, 2, 4, 6);
              Tensor v = t.normal(2, 4, 6);
              check(t, attention(t, q, k, v, 1, 1), t.normal(2, 5, 6), q, k, v, 1, 1, 30);
            }));
    trials.add(
        new NamedTrial(
            "attention with scores of ±10000: one key takes all",
            t -> {
              Tensor q = t.values(Shape.of(1, 2, 1), 100, -100);
              Tensor k = t.values(Shape.of(1, 3, 1), 100, -100, 50);
              Tensor v = t.values(Shape.of(1, 3, 1), 1, 2, 3);
              check(t, attention(t, q, k, v, 1, 1), t.normal(1, 2, 1), q, k, v, 1, 1, 1);
            }));
    trials.add(
        new NamedTrial(
            "attention with equal scores of 10000 shares",
            t -> {
              Tensor q = t.values(Shape.of(1, 1, 2), 100, 0);
              Tensor k = t.values(Shape.of(1, 3, 2), 100, 7, 100, -9, -100, 3);
              Tensor v = t.normal(1, 3, 2);
              check(t, attention(t, q, k, v, 1, 1), t.normal(1, 1, 2), q, k, v, 1, 1, 1e4);
            }));
    trials.add(
        new NamedTrial(
            "attention whose q, k and v are pieces of one tensor",
            t -> {
              Tensor qkv = t.normal(2, 5, 36);
              List<Tensor> pieces = t.graph().split(qkv, -1, 12, 12, 12);
              Tensor q = pieces.get(0);
              Tensor k = pieces.get(1);
              Tensor v = pieces.get(2);
              check(t, attention(t, q, k, v, 3, 0.5), t.normal(2, 5, 12), q, k, v, 3, 0.5, 1);
            }));
    trials.add(
        new NamedTrial(
            "attention gradient from a stored output and log-sum",
            t -> {
              Tensor q = t.normal(1, 2, 4);
              Tensor k = t.normal(1, 3, 4);
              Tensor v = t.normal(1, 3, 4);
              List<Tensor> stored = List.of(t.normal(1, 2, 4), t.uniform(2, 3, 1, 2, 2));
              gradient(t, t.normal(1, 2, 4), q, k, v, stored, 2, 0.5)
                  .forEach(g -> t.close(g, ATTENTION_GRAD, 3));
            }));
    return trials;
  }

  private static NamedTrial trial(int batch, int queries, int keys, int width, int heads) {
    double scale = 1 / Math.sqrt((double) width / heads);
    return new NamedTrial(
        "attention and its gradient, batch %d, %d queries, %d keys, width %d, %d heads"
            .formatted(batch, queries, keys, width, heads),
        t -> {
          Tensor q = t.normal(batch, queries, width);
          Tensor k = t.normal(batch, keys, width);
          Tensor v = t.normal(batch, keys, width);
          Tensor dout = t.normal(batch, queries, width);
          check(t, attention(t, q, k, v, heads, scale), dout, q, k, v, heads, scale, 1);
        });
  }

  private static void check(
      Trial t,
      List<Tensor> forward,
      Tensor dout,
      Tensor q,
      Tensor k,
      Tensor v,
      int heads,
      double scale,
      double largestScore) {
    int terms = Math.max(k.dim(1), q.dim(1)) + q.dim(2) / heads;
    t.close(forward.get(0), ATTENTION, terms, largestScore);
    t.closeAtScale(forward.get(1), ATTENTION, terms, 1);
    for (Tensor grad : gradient(t, dout, q, k, v, forward, heads, scale)) {
      double condition = ATTENTION_GRAD.relative(terms) * largestScore;
      t.output(grad, new Closeness(condition, 1));
    }
  }

  private static List<Tensor> attention(
      Trial t, Tensor q, Tensor k, Tensor v, int heads, double scale) {
    return t.graph().apply(new Attention(heads, scale), List.of(q, k, v));
  }

  private static List<Tensor> gradient(
      Trial t,
      Tensor dout,
      Tensor q,
      Tensor k,
      Tensor v,
      List<Tensor> forward,
      int heads,
      double scale) {
    return t.graph()
        .apply(
            new AttentionGrad(heads, scale),
            List.of(dout, q, k, v, forward.get(0), forward.get(1)));
  }
}
