package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.backend.nd4j.plan.AdamWFactors;
import io.mae4j.backend.nd4j.plan.Transform;
import io.mae4j.backend.nd4j.plan.View;

/** AdamW in place over flat vectors, in pieces that stay in the processor's cache. */
final class AdamWCode {
  private AdamWCode() {}

  /** Computes the numbers of this run once for all vectors of a group. */
  static AdamWFactors factors(Emitter emitter, AdamW op, View learningRate, View step) {
    AdamWFactors factors =
        new AdamWFactors(
            op,
            learningRate,
            step,
            emitter.temporary(1),
            emitter.temporary(1),
            emitter.temporary(1));
    emitter.add(factors);
    return factors;
  }

  /** One step: overwrites p, m and v [n], reads g [n]. */
  static void step(Emitter emitter, AdamWFactors factors, View p, View g, View m, View v) {
    int size = Math.toIntExact(p.size());
    View scratch = emitter.temporary(Math.min(size, Pieces.SIZE));
    Pieces.forEach(
        size,
        (from, count) ->
            piece(
                emitter,
                factors,
                p.slice(0, from, count),
                g.slice(0, from, count),
                m.slice(0, from, count),
                v.slice(0, from, count),
                scratch.slice(0, 0, count)));
  }

  private static void piece(
      Emitter emitter, AdamWFactors factors, View p, View g, View m, View v, View t) {
    AdamW op = factors.op();
    emitter.multiply(m, emitter.scalar(op.beta1()), m);
    emitter.multiply(g, emitter.scalar(1 - op.beta1()), t);
    emitter.add(m, t, m);
    emitter.multiply(v, emitter.scalar(op.beta2()), v);
    emitter.multiply(g, g, t);
    emitter.multiply(t, emitter.scalar(1 - op.beta2()), t);
    emitter.add(v, t, v);
    emitter.transform(Transform.Function.SQRT, v, t);
    emitter.multiply(t, factors.inverseRoot(), t);
    emitter.add(t, emitter.scalar(op.eps()), t);
    emitter.divide(m, t, t);
    emitter.multiply(t, factors.rate(), t);
    emitter.multiply(p, factors.decay(), p);
    emitter.subtract(p, t, p);
  }

  /** A step whose results go elsewhere than over its states. */
  static void stepInto(
      Emitter emitter, AdamWFactors factors, View[] before, View gradient, View[] after) {
    Shape flat = Shape.of(Math.toIntExact(gradient.size()));
    for (int i = 0; i < before.length; i++) {
      emitter.copy(before[i], after[i]);
    }
    step(
        emitter,
        factors,
        after[0].reshape(flat),
        gradient.reshape(flat),
        after[1].reshape(flat),
        after[2].reshape(flat));
  }
}
