package io.mae4j.core.train;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.ParameterSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * LARS (You, Gitman and Ginsburg 2017) as the official linear probe uses it: for parameters of more
 * than one axis {@code g ← g + λ·p}, {@code g ← q·g} with {@code q = trust·‖p‖/‖g‖}, or 1 where one
 * of the norms is zero; then for all {@code μ ← momentum·μ + g}, {@code p ← p − lr·μ}.
 *
 * @param momentum of μ
 * @param trust the trust coefficient
 * @param weightDecay λ
 */
public record LarsOptimizer(double momentum, double trust, double weightDecay)
    implements Optimizer {
  /** State prefix of μ. */
  public static final String MU = "mu.";

  /**
   * Stands in for a norm of zero in a division whose result is not used then; far below any norm
   * that float arithmetic yields otherwise.
   */
  private static final double TINY = 1e-30;

  /** The official recipe: momentum .9, trust .001, no decay. */
  public static LarsOptimizer official() {
    return new LarsOptimizer(0.9, 0.001, 0);
  }

  @Override
  public List<StateSpec> states(ParameterSpec parameter) {
    return List.of(new StateSpec(MU + parameter.name(), parameter.shape()));
  }

  @Override
  public void update(
      GraphBuilder graph, ParameterSpec parameter, Tensor gradient, Tensor lr, Tensor t) {
    Shape shape = parameter.shape();
    Tensor p = graph.state(parameter.name(), shape);
    Tensor scaled = shape.rank() > 1 ? scaled(graph, p, gradient) : gradient;
    Tensor mu =
        graph.add(graph.affine(graph.state(MU + parameter.name(), shape), momentum, 0), scaled);
    graph.update(MU + parameter.name(), mu);
    graph.update(parameter.name(), graph.sub(p, graph.mul(mu, lr)));
  }

  private Tensor scaled(GraphBuilder graph, Tensor p, Tensor gradient) {
    Tensor decayed =
        weightDecay == 0 ? gradient : graph.add(gradient, graph.affine(p, weightDecay, 0));
    Tensor norm = norm(graph, p);
    Tensor gradientNorm = norm(graph, decayed);
    Tensor both = graph.mul(isPositive(graph, norm), isPositive(graph, gradientNorm));
    Tensor ratio = graph.affine(graph.div(norm, graph.affine(gradientNorm, 1, TINY)), trust, 0);
    // Both terms are exact, so that a ratio far below 1 keeps all of its digits.
    Tensor q = graph.add(graph.mul(both, ratio), graph.affine(both, -1, 1));
    return graph.mul(decayed, q);
  }

  private static Tensor norm(GraphBuilder graph, Tensor x) {
    int[] axes = IntStream.range(0, x.shape().rank()).toArray();
    return graph.sqrt(graph.sum(graph.square(x), false, axes));
  }

  /** 1 for a positive norm, 0 for zero. */
  private static Tensor isPositive(GraphBuilder graph, Tensor norm) {
    return graph.div(norm, graph.affine(norm, 1, TINY));
  }
}
