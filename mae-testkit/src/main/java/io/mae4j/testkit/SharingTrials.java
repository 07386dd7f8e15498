package io.mae4j.testkit;

import static io.mae4j.testkit.Tolerance.ARITHMETIC;
import static io.mae4j.testkit.Tolerance.COMPOSED;
import static io.mae4j.testkit.Tolerance.PRODUCT;
import static io.mae4j.testkit.Tolerance.SUM;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import java.util.List;

/**
 * Graphs in which a value is a view of another or has several readers: what goes wrong when an
 * engine reuses a buffer too early or hands a strided view to a kernel that wants rows.
 */
final class SharingTrials {
  private SharingTrials() {}

  static List<NamedTrial> all() {
    return List.of(
        new NamedTrial("an output that is an input", t -> t.exact(t.normal(2, 3))),
        new NamedTrial(
            "one tensor under two output names, beside its own reader",
            t -> {
              Tensor y = t.graph().square(t.normal(4));
              t.close(y, ARITHMETIC, 1);
              t.close(y, ARITHMETIC, 1);
              t.close(t.graph().affine(y, 2, 1), ARITHMETIC, 2);
            }),
        new NamedTrial(
            "an output that is a view of another output",
            t -> {
              Tensor y = t.graph().affine(t.normal(4, 6), 2, 0);
              t.exact(y);
              t.exact(t.graph().reshape(y, Shape.of(3, 8)));
              t.exact(t.graph().split(y, 1, 2, 4).get(1));
            }),
        new NamedTrial("an input that no one reads", SharingTrials::unread),
        new NamedTrial(
            "a tensor with many readers, early and late",
            t -> {
              GraphBuilder g = t.graph();
              Tensor x = t.normal(3, 4);
              Tensor a = g.affine(x, 2, 0);
              Tensor b = g.square(a);
              Tensor c = g.mul(a, b);
              Tensor d = g.sub(c, a);
              Tensor e = g.add(g.affine(d, 0.5, 1), x);
              for (Tensor y : List.of(b, c, d, e, g.mul(a, x))) {
                t.close(y, ARITHMETIC, 1, 4);
              }
            }),
        new NamedTrial(
            "an operator whose operand is read again after it",
            t -> {
              GraphBuilder g = t.graph();
              Tensor x = g.affine(t.normal(5, 5), 1, 0.5);
              Tensor y = g.gelu(x);
              t.close(g.matmul(y, x, true, false), PRODUCT, 5, 4);
              t.close(g.add(x, y), ARITHMETIC, 1, 4);
              t.close(g.sub(x, y), ARITHMETIC, 1, 4);
            }),
        new NamedTrial(
            "arithmetic on the pieces of a split",
            t -> {
              GraphBuilder g = t.graph();
              List<Tensor> pieces = g.split(t.normal(4, 9), 1, 2, 3, 4);
              t.close(g.square(pieces.get(0)), ARITHMETIC, 1);
              t.close(g.sum(pieces.get(1), false, 0), SUM, 4);
              t.close(g.sum(pieces.get(2), false, 1), SUM, 4);
              t.close(g.gelu(pieces.get(2)), Tolerance.GELU, 1);
              t.close(g.affine(pieces.get(1), 3, 1), ARITHMETIC, 2);
              t.close(g.add(pieces.get(1), t.normal(4, 1)), ARITHMETIC, 1);
              t.close(g.mul(t.normal(4, 2), pieces.get(0)), ARITHMETIC, 1);
            }),
        new NamedTrial(
            "products of the pieces of a split",
            t -> {
              GraphBuilder g = t.graph();
              List<Tensor> pieces = g.split(t.normal(3, 4, 10), 2, 5, 5);
              t.close(g.matmul(pieces.get(0), pieces.get(1), false, true), PRODUCT, 5);
              t.close(g.matmul(pieces.get(0), pieces.get(1), true, false), PRODUCT, 4);
              t.close(g.linear(pieces.get(1), t.normal(2, 5), t.normal(2)), PRODUCT, 6);
              List<Tensor> weights = g.split(t.normal(6, 8), 0, 2, 4);
              Tensor x = t.normal(3, 8);
              t.close(g.linear(x, weights.get(1), t.normal(4)), PRODUCT, 9);
              List<Tensor> columns = g.split(t.normal(6, 8), 1, 3, 5);
              t.close(g.linear(t.normal(2, 3), columns.get(0), t.normal(6)), PRODUCT, 4);
            }),
        new NamedTrial(
            "layer norm and tokens of the pieces of a split",
            t -> {
              GraphBuilder g = t.graph();
              List<Tensor> pieces = g.split(t.normal(2, 5, 6), 1, 1, 4);
              Tensor w = t.normal(6);
              t.close(g.layerNorm(pieces.get(1), w, w, 1e-6), Tolerance.LAYER_NORM, 6);
              t.exact(g.gatherTokens(pieces.get(1), t.indices(4, 2, 3)));
              t.exact(g.scatterTokens(pieces.get(1), t.indices(7, 2, 4), 7));
              Tensor narrow = g.split(t.normal(2, 5, 6), 2, 2, 4).get(1);
              Tensor v = t.normal(4);
              t.close(g.layerNorm(narrow, v, v, 1e-6), Tolerance.LAYER_NORM, 4);
              t.exact(g.gatherTokens(narrow, t.indices(5, 2, 3)));
              t.exact(g.scatterTokens(narrow, t.indices(6, 2, 5), 6));
            }),
        new NamedTrial(
            "a reshape of a piece of a split of a reshape",
            t -> {
              GraphBuilder g = t.graph();
              Tensor x = g.reshape(t.normal(2, 30), Shape.of(2, 5, 6));
              Tensor piece = g.split(x, 2, 2, 4).get(1);
              Tensor y = g.reshape(piece, Shape.of(5, 8));
              t.exact(y);
              Tensor z = g.split(y, 0, 2, 3).get(1);
              t.exact(g.reshape(z, Shape.of(24)));
              t.close(g.square(g.reshape(z, Shape.of(2, 12))), ARITHMETIC, 1);
            }),
        new NamedTrial(
            "views of a broadcast",
            t -> {
              GraphBuilder g = t.graph();
              Tensor x = g.broadcast(t.normal(1, 1, 4), Shape.of(2, 3, 4));
              t.exact(g.reshape(x, Shape.of(6, 4)));
              t.exact(g.split(x, 1, 1, 2).get(1));
              t.exact(g.concat(1, t.normal(2, 2, 4), x));
              t.close(g.sum(x, false, 0, 1), SUM, 6);
              t.close(g.linear(x, t.normal(3, 4), t.normal(3)), PRODUCT, 5);
              t.close(g.matmul(x, x, true, false), PRODUCT, 3);
              t.exact(g.gatherTokens(x, t.indices(3, 2, 2)));
            }),
        new NamedTrial(
            "a piece that is read after the whole was read",
            t -> {
              GraphBuilder g = t.graph();
              Tensor whole = g.affine(t.normal(6, 4), 2, 0);
              Tensor piece = g.split(whole, 0, 1, 5).get(1);
              Tensor later = g.gelu(g.square(whole));
              t.close(later, Tolerance.GELU, 1, 4);
              t.close(g.square(piece), ARITHMETIC, 1);
              t.exact(whole);
            }),
        new NamedTrial("a long chain in which every value dies at once", SharingTrials::chain),
        new NamedTrial("a transformer block", SharingTrials::block));
  }

  private static void unread(Trial t) {
    t.normal(3);
    t.close(t.graph().square(t.normal(2)), ARITHMETIC, 1);
  }

  private static void chain(Trial t) {
    Tensor x = t.normal(4, 5);
    for (int i = 0; i < 50; i++) {
      x = t.graph().affine(x, i % 2 == 0 ? 0.5 : 2, i % 2 == 0 ? 1 : -2);
    }
    t.closeAtScale(x, ARITHMETIC, 1, 50);
  }

  /** One block of a transformer. */
  static void block(Trial t) {
    GraphBuilder g = t.graph();
    Tensor x = t.normal(2, 5, 12);
    Tensor one = t.normalAround(1, 0.1, 12);
    Tensor zero = t.normalAround(0, 0.1, 12);
    Tensor qkv =
        g.linear(g.layerNorm(x, one, zero, 1e-6), t.normalAround(0, 0.3, 36, 12), t.normal(36));
    List<Tensor> parts = g.split(qkv, -1, 12, 12, 12);
    Tensor attended = g.attention(parts.get(0), parts.get(1), parts.get(2), 3, 0.5);
    Tensor y = g.add(x, g.linear(attended, t.normalAround(0, 0.3, 12, 12), t.normal(12)));
    Tensor hidden =
        g.gelu(
            g.linear(
                g.layerNorm(y, one, zero, 1e-6), t.normalAround(0, 0.3, 48, 12), t.normal(48)));
    Tensor z = g.add(y, g.linear(hidden, t.normalAround(0, 0.3, 12, 48), t.normal(12)));
    t.close(z, COMPOSED, 48);
    t.close(g.mean(z, false, 1), COMPOSED, 48);
  }
}
