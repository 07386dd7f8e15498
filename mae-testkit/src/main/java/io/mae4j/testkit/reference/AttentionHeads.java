package io.mae4j.testkit.reference;

import java.util.List;

/**
 * Scaled dot-product attention, one head and one query at a time.
 *
 * @param batch B
 * @param queries Tq
 * @param keys Tk
 * @param width D
 * @param heads number of heads, divides D
 * @param scale factor of the scores
 */
record AttentionHeads(int batch, int queries, int keys, int width, int heads, double scale) {

  /**
   * Adds to a sum over one query of one head: where its query row, key rows and statistic start.
   */
  private interface Query {
    void visit(int queryAt, int keysAt, int statistic);
  }

  private void forEachQuery(Query action) {
    int depth = width / heads;
    for (int image = 0; image < batch; image++) {
      for (int head = 0; head < heads; head++) {
        for (int query = 0; query < queries; query++) {
          action.visit(
              (image * queries + query) * width + head * depth,
              image * keys * width + head * depth,
              (image * heads + head) * queries + query);
        }
      }
    }
  }

  /** out [B, Tq, D] and lse [B, heads, Tq]. */
  List<double[]> forward(double[] q, double[] k, double[] v) {
    int depth = width / heads;
    double[] out = new double[q.length];
    double[] lse = new double[batch * heads * queries];
    double[] scores = new double[keys];
    forEachQuery(
        (queryAt, keysAt, statistic) -> {
          for (int key = 0; key < keys; key++) {
            scores[key] = scale * dot(q, queryAt, k, keysAt + key * width, depth);
          }
          lse[statistic] = Softmax.logSumExp(scores, 0, keys);
          for (int key = 0; key < keys; key++) {
            double p = Math.exp(scores[key] - lse[statistic]);
            addMultiple(p, v, keysAt + key * width, out, queryAt, depth);
          }
        });
    return List.of(out, lse);
  }

  /** dq, dk and dv. */
  List<double[]> backward(
      double[] dout, double[] q, double[] k, double[] v, double[] out, double[] lse) {
    int depth = width / heads;
    double[] dq = new double[q.length];
    double[] dk = new double[k.length];
    double[] dv = new double[v.length];
    forEachQuery(
        (queryAt, keysAt, statistic) -> {
          double delta = dot(dout, queryAt, out, queryAt, depth);
          for (int key = 0; key < keys; key++) {
            int keyAt = keysAt + key * width;
            double p = Math.exp(scale * dot(q, queryAt, k, keyAt, depth) - lse[statistic]);
            double ds = p * (dot(dout, queryAt, v, keyAt, depth) - delta);
            addMultiple(p, dout, queryAt, dv, keyAt, depth);
            addMultiple(scale * ds, k, keyAt, dq, queryAt, depth);
            addMultiple(scale * ds, q, queryAt, dk, keyAt, depth);
          }
        });
    return List.of(dq, dk, dv);
  }

  private static double dot(double[] a, int aAt, double[] b, int bAt, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[aAt + i] * b[bAt + i];
    }
    return sum;
  }

  private static void addMultiple(
      double factor, double[] from, int fromAt, double[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] += factor * from[fromAt + i];
    }
  }
}
