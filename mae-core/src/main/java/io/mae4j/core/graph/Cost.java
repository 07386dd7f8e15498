package io.mae4j.core.graph;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.graph.op.AttentionGrad;
import io.mae4j.api.graph.op.Linear;
import io.mae4j.api.graph.op.MatMul;

/** What running a graph costs, known before the first run. */
public final class Cost {
  private Cost() {}

  /**
   * Floating-point operations of the matrix products of one run, a multiplication and an addition
   * counting two. Elementwise work is left out, and so is an engine's recomputation of attention
   * scores, as is usual for model FLOPs utilisation.
   */
  public static double flops(Graph graph) {
    return graph.nodes().stream().mapToDouble(Cost::flops).sum();
  }

  /** The same of one node. */
  public static double flops(Node node) {
    if (node.op() instanceof MatMul matmul) {
      return 2.0 * node.output().shape().size() * node.input(0).dim(matmul.transposeA() ? -2 : -1);
    }
    if (node.op() instanceof Linear) {
      return 2.0 * node.output().shape().size() * node.input(0).dim(-1);
    }
    if (node.op() instanceof Attention) {
      return 2 * attentionProduct(node.input(0), node.input(1));
    }
    if (node.op() instanceof AttentionGrad) {
      return 4 * attentionProduct(node.input(1), node.input(2));
    }
    return 0;
  }

  /** One product of all heads: B·Tq·Tk·D multiply-adds. */
  private static double attentionProduct(Tensor q, Tensor k) {
    return 2.0 * q.shape().size() * k.dim(1);
  }
}
