package io.mae4j.core.model;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.ParameterSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The linear layer that turns a feature vector into class scores; in the official linear probe
 * after a batch norm without parameters (Ioffe and Szegedy 2015), whose statistics are values of
 * the model.
 *
 * @param width D
 * @param classes K
 * @param deviation of the normal distribution of the first weights
 * @param batchNorm whether features are normalised first
 */
public record ClassifierHead(int width, int classes, double deviation, boolean batchNorm) {
  private static final double EPS = 1e-6;
  private static final double MOMENTUM = 0.1;
  private static final String RUNNING_MEAN = "head.0.running_mean";
  private static final String RUNNING_VAR = "head.0.running_var";

  /** The head of the official fine-tuning. */
  public static ClassifierHead fineTuning(int width, int classes) {
    return new ClassifierHead(width, classes, 2e-5, false);
  }

  /** The head of the official linear probe. */
  public static ClassifierHead linearProbe(int width, int classes) {
    return new ClassifierHead(width, classes, 0.01, true);
  }

  private String linear() {
    return batchNorm ? "head.1" : "head";
  }

  /** Its values in checkpoint order. */
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> specs = new ArrayList<>();
    if (batchNorm) {
      Shape shape = Shape.of(width);
      specs.add(new ParameterSpec(RUNNING_MEAN, shape, Initializers.zeros(), false));
      specs.add(new ParameterSpec(RUNNING_VAR, shape, Initializers.ones(), false));
    }
    specs.add(
        Blocks.parameter(linear() + ".weight", Initializers.normal(deviation), classes, width));
    specs.add(Blocks.parameter(linear() + ".bias", Initializers.zeros(), classes));
    return specs;
  }

  /**
   * Traces the scores.
   *
   * @param features [B, D]
   * @param training whether the batch's own statistics normalise it and join the running ones
   * @return [B, K]
   */
  public Tensor logits(GraphBuilder graph, Tensor features, boolean training) {
    Tensor x = batchNorm ? normalize(graph, features, training) : features;
    return graph.scope(linear(), () -> Blocks.linear(graph, linear(), x, classes));
  }

  /**
   * Batch norm: {@code (x − mean) / √(var + 1e-6)}, over the batch with the biased variance in
   * training. The running statistics move by a tenth towards the batch's, the variance's unbiased.
   */
  private Tensor normalize(GraphBuilder graph, Tensor x, boolean training) {
    Shape shape = Shape.of(width);
    Tensor runningMean = graph.state(RUNNING_MEAN, shape);
    Tensor runningVar = graph.state(RUNNING_VAR, shape);
    if (!training) {
      Tensor deviation = graph.sqrt(graph.affine(runningVar, 1, EPS));
      return graph.div(graph.sub(x, runningMean), deviation);
    }
    int batch = x.dim(0);
    Tensor mean = graph.mean(x, false, 0);
    Tensor centred = graph.sub(x, mean);
    Tensor var = graph.mean(graph.square(centred), false, 0);
    graph.update(RUNNING_MEAN, blend(graph, runningMean, mean, 1));
    graph.update(RUNNING_VAR, blend(graph, runningVar, var, batch / (batch - 1.0)));
    return graph.div(centred, graph.sqrt(graph.affine(var, 1, EPS)));
  }

  private static Tensor blend(GraphBuilder graph, Tensor running, Tensor value, double factor) {
    return graph.add(
        graph.affine(running, 1 - MOMENTUM, 0), graph.affine(value, MOMENTUM * factor, 0));
  }
}
