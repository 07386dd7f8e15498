package io.mae4j.eval.probe;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Executable;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.core.graph.Differentiator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A linear classifier that is trained with cross entropy on an engine. Its weight [K, D] and bias
 * [K] start at zero.
 */
final class SoftmaxRegression implements AutoCloseable {
  private static final String TRAIN = "step";
  private static final String PREDICT = "predict";
  private static final String X = "x";
  private static final String TARGETS = "targets";
  private static final String LR = "lr";
  private static final String T = "t";
  private static final String LOGITS = "logits";
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";
  private static final String EXP_AVG = "exp_avg.";
  private static final String EXP_AVG_SQ = "exp_avg_sq.";
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;

  private final Executable executable;
  private final int width;
  private final int classes;
  private final int batch;
  private long steps;

  /**
   * Compiles it.
   *
   * @param width D
   * @param classes K
   * @param batch features of one step
   */
  SoftmaxRegression(Backend backend, int width, int classes, int batch, double weightDecay) {
    this.width = width;
    this.classes = classes;
    this.batch = batch;
    Shape weight = Shape.of(classes, width);
    Shape bias = Shape.of(classes);
    List<StateSpec> states =
        List.of(
            new StateSpec(WEIGHT, weight),
            new StateSpec(BIAS, bias),
            new StateSpec(EXP_AVG + WEIGHT, weight),
            new StateSpec(EXP_AVG + BIAS, bias),
            new StateSpec(EXP_AVG_SQ + WEIGHT, weight),
            new StateSpec(EXP_AVG_SQ + BIAS, bias));
    Program program =
        new Program(
            "softmax-regression",
            states,
            List.of(train(weight, bias, weightDecay), predict(weight, bias)));
    this.executable = backend.compile(program, CompileOptions.fp32());
  }

  private Graph train(Shape weightShape, Shape biasShape, double weightDecay) {
    GraphBuilder graph = new GraphBuilder(TRAIN);
    Tensor weight = graph.state(WEIGHT, weightShape);
    Tensor bias = graph.state(BIAS, biasShape);
    Tensor logits = graph.linear(graph.input(X, TensorType.real(batch, width)), weight, bias);
    Tensor targets = graph.input(TARGETS, TensorType.real(batch, classes));
    Tensor loss = graph.mean(graph.crossEntropy(logits, targets), false, 0);
    Map<Tensor, Tensor> gradients = Differentiator.gradients(graph, loss, List.of(weight, bias));
    Tensor lr = graph.input(LR, TensorType.real());
    Tensor t = graph.input(T, TensorType.real());
    gradients.forEach(
        (parameter, gradient) -> {
          String name = parameter == weight ? WEIGHT : BIAS;
          Tensor m = graph.state(EXP_AVG + name, parameter.shape());
          Tensor v = graph.state(EXP_AVG_SQ + name, parameter.shape());
          AdamW adamW = new AdamW(BETA1, BETA2, EPS, parameter == weight ? weightDecay : 0);
          List<Tensor> updated = graph.apply(adamW, List.of(parameter, gradient, m, v, lr, t));
          graph.update(name, updated.get(0));
          graph.update(EXP_AVG + name, updated.get(1));
          graph.update(EXP_AVG_SQ + name, updated.get(2));
        });
    return graph.build();
  }

  private Graph predict(Shape weightShape, Shape biasShape) {
    GraphBuilder graph = new GraphBuilder(PREDICT);
    Tensor x = graph.input(X, TensorType.real(batch, width));
    graph.output(
        LOGITS, graph.linear(x, graph.state(WEIGHT, weightShape), graph.state(BIAS, biasShape)));
    return graph.build();
  }

  /**
   * Takes one step on the rows that {@code order} lists from {@code first} on.
   *
   * @param features n·D values
   * @param labels the rows' classes [n]
   */
  void step(float[] features, int[] labels, int[] order, int first, double lr) {
    float[] x = new float[batch * width];
    float[] targets = new float[batch * classes];
    for (int i = 0; i < batch; i++) {
      int row = order[first + i];
      System.arraycopy(features, row * width, x, i * width, width);
      targets[i * classes + labels[row]] = 1;
    }
    steps++;
    Map<String, Array> inputs =
        Map.of(
            X, Array.of(Shape.of(batch, width), x),
            TARGETS, Array.of(Shape.of(batch, classes), targets),
            LR, Array.scalar((float) lr),
            T, Array.scalar((float) steps));
    executable.run(TRAIN, inputs, Set.of());
  }

  /** The most likely class of each of n·D values' rows. */
  int[] predict(float[] features) {
    int[] predictions = new int[features.length / width];
    for (int first = 0; first < predictions.length; first += batch) {
      int from = first * width;
      float[] x =
          Arrays.copyOf(
              Arrays.copyOfRange(features, from, Math.min(features.length, from + batch * width)),
              batch * width);
      Array logits =
          executable
              .run(PREDICT, Map.of(X, Array.of(Shape.of(batch, width), x)), Set.of(LOGITS))
              .get(LOGITS);
      if (logits == null) {
        throw MaeException.internal("the engine did not return '" + LOGITS + "'");
      }
      double[] values = logits.toDoubles();
      for (int i = first; i < Math.min(predictions.length, first + batch); i++) {
        int row = (i - first) * classes;
        predictions[i] = Classification.argmax(Arrays.copyOfRange(values, row, row + classes));
      }
    }
    return predictions;
  }

  @Override
  public void close() {
    executable.close();
  }
}
