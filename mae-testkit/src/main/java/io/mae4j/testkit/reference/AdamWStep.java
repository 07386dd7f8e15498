package io.mae4j.testkit.reference;

import io.mae4j.api.graph.op.AdamW;
import java.util.List;

/** One step of AdamW. */
final class AdamWStep {
  private AdamWStep() {}

  /** The new p, m and v. */
  static List<double[]> of(
      AdamW op, double[] p, double[] g, double[] m, double[] v, double lr, double t) {
    double correction1 = 1 - Math.pow(op.beta1(), t);
    double correction2 = Math.sqrt(1 - Math.pow(op.beta2(), t));
    double[] newP = new double[p.length];
    double[] newM = new double[p.length];
    double[] newV = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      newM[i] = op.beta1() * m[i] + (1 - op.beta1()) * g[i];
      newV[i] = op.beta2() * v[i] + (1 - op.beta2()) * g[i] * g[i];
      double step = newM[i] / (Math.sqrt(newV[i]) / correction2 + op.eps());
      newP[i] = p[i] * (1 - lr * op.weightDecay()) - lr / correction1 * step;
    }
    return List.of(newP, newM, newV);
  }
}
