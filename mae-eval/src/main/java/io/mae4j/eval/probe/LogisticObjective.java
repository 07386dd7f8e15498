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
import io.mae4j.core.graph.Differentiator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What multinomial logistic regression minimises: the mean cross entropy of n rows plus {@code ‖W‖²
 * / (2n)}, the strength of scikit-learn's default C = 1. A point is the weight [K, D] followed by
 * the bias [K], which is not held back. An engine holds the rows and computes a part of them at a
 * time.
 */
final class LogisticObjective implements SmoothFunction, AutoCloseable {
  private static final String ROWS = "rows";
  private static final String X = "x";
  private static final String TARGETS = "targets";
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";
  private static final String LOSS = "loss";
  private static final Set<String> OUTPUTS = Set.of(LOSS, WEIGHT, BIAS);

  private final Executable executable;
  private final int rows;
  private final int width;
  private final int classes;
  private final List<Part> parts;

  private record Part(String graph, int rows) {}

  /**
   * Compiles it.
   *
   * @param features [n, D]
   * @param labels the rows' classes [n]
   * @param classes K
   * @param part the most rows of one call of the engine
   */
  LogisticObjective(Backend backend, float[] features, int[] labels, int classes, int part) {
    this.rows = labels.length;
    this.width = features.length / rows;
    this.classes = classes;
    this.parts = new ArrayList<>();
    List<StateSpec> states = new ArrayList<>();
    List<Graph> graphs = new ArrayList<>();
    Map<String, Array> values = new HashMap<>();
    for (int first = 0; first < rows; first += part) {
      int size = Math.min(part, rows - first);
      String name = "-" + parts.size();
      float[] targets = new float[size * classes];
      for (int i = 0; i < size; i++) {
        targets[i * classes + labels[first + i]] = 1;
      }
      float[] x = Arrays.copyOfRange(features, first * width, (first + size) * width);
      values.put(X + name, Array.of(Shape.of(size, width), x));
      values.put(TARGETS + name, Array.of(Shape.of(size, classes), targets));
      parts.add(new Part(ROWS + name, size));
      graphs.add(graph(name, size));
    }
    values.forEach((state, array) -> states.add(new StateSpec(state, array.shape())));
    this.executable =
        backend.compile(new Program("logistic-regression", states, graphs), CompileOptions.fp32());
    executable.write(values);
  }

  private Graph graph(String name, int size) {
    GraphBuilder graph = new GraphBuilder(ROWS + name);
    Tensor weight = graph.input(WEIGHT, TensorType.real(classes, width));
    Tensor bias = graph.input(BIAS, TensorType.real(classes));
    Tensor x = graph.state(X + name, Shape.of(size, width));
    Tensor targets = graph.state(TARGETS + name, Shape.of(size, classes));
    Tensor logits = graph.linear(x, weight, bias);
    Tensor loss = graph.mean(graph.crossEntropy(logits, targets), false, 0);
    Map<Tensor, Tensor> gradients = Differentiator.gradients(graph, loss, List.of(weight, bias));
    graph.output(LOSS, loss);
    graph.output(WEIGHT, Objects.requireNonNull(gradients.get(weight)));
    graph.output(BIAS, Objects.requireNonNull(gradients.get(bias)));
    return graph.build();
  }

  @Override
  public double evaluate(double[] point, double[] gradient) {
    int weights = classes * width;
    Map<String, Array> at =
        Map.of(
            WEIGHT, Array.of(Shape.of(classes, width), floats(point, 0, weights)),
            BIAS, Array.of(Shape.of(classes), floats(point, weights, weights + classes)));
    Arrays.fill(gradient, 0);
    double value = 0;
    for (Part part : parts) {
      Map<String, Array> found = executable.run(part.graph(), at, OUTPUTS);
      double share = (double) part.rows() / rows;
      value += share * output(found, LOSS)[0];
      add(gradient, 0, share, output(found, WEIGHT));
      add(gradient, weights, share, output(found, BIAS));
    }
    for (int i = 0; i < weights; i++) {
      value += point[i] * point[i] / (2.0 * rows);
      gradient[i] += point[i] / rows;
    }
    return value;
  }

  private static float[] floats(double[] values, int from, int to) {
    float[] floats = new float[to - from];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[from + i];
    }
    return floats;
  }

  private static double[] output(Map<String, Array> outputs, String name) {
    Array array = outputs.get(name);
    if (array == null) {
      throw MaeException.internal("the engine did not return '" + name + "'");
    }
    return array.toDoubles();
  }

  private static void add(double[] target, int first, double factor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      target[first + i] += factor * values[i];
    }
  }

  @Override
  public void close() {
    executable.close();
  }
}
