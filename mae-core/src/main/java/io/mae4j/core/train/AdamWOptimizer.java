package io.mae4j.core.train;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.model.ParameterSpec;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter 2019) with a decay and a learning rate of each parameter's own.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param groups what holds for each parameter
 */
public record AdamWOptimizer(double beta1, double beta2, Groups groups) implements Optimizer {
  /** State prefix of the first moment. */
  public static final String EXP_AVG = "exp_avg.";

  /** State prefix of the second moment. */
  public static final String EXP_AVG_SQ = "exp_avg_sq.";

  private static final double EPS = 1e-8;

  /** What holds for a parameter. */
  public interface Groups {

    /** λ, the weight decay. */
    double weightDecay(ParameterSpec parameter);

    /** What the learning rate is multiplied by. */
    default double lrScale(ParameterSpec parameter) {
      return 1;
    }
  }

  /**
   * The groups of pre-training: biases and other 1-D parameters do not decay; the class and mask
   * tokens do.
   */
  public static Groups decayMatrices(double weightDecay) {
    return parameter ->
        parameter.shape().rank() > 1 && !parameter.name().endsWith(".bias") ? weightDecay : 0;
  }

  @Override
  public List<StateSpec> states(ParameterSpec parameter) {
    return List.of(
        new StateSpec(EXP_AVG + parameter.name(), parameter.shape()),
        new StateSpec(EXP_AVG_SQ + parameter.name(), parameter.shape()));
  }

  @Override
  public double lrScale(ParameterSpec parameter) {
    return groups.lrScale(parameter);
  }

  @Override
  public void update(
      GraphBuilder graph, ParameterSpec parameter, Tensor gradient, Tensor lr, Tensor t) {
    String name = parameter.name();
    Shape shape = parameter.shape();
    List<Tensor> updated =
        graph.apply(
            new AdamW(beta1, beta2, EPS, groups.weightDecay(parameter)),
            List.of(
                graph.state(name, shape),
                gradient,
                graph.state(EXP_AVG + name, shape),
                graph.state(EXP_AVG_SQ + name, shape),
                lr,
                t));
    graph.update(name, updated.get(0));
    graph.update(EXP_AVG + name, updated.get(1));
    graph.update(EXP_AVG_SQ + name, updated.get(2));
  }
}
