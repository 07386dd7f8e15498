package io.mae4j.core.train;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.graph.Differentiator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Traces what one optimizer step runs. Without accumulation it is one graph, {@link #STEP}:
 * forward, gradients and update in one call. With accumulation {@link #ACCUMULATE} runs for each
 * batch and {@link #APPLY} once.
 */
public final class TrainingProgram {
  /**
   * Graph: a whole step; inputs of the {@link Objective} and {@link #LR}, {@link #T}; output {@link
   * #LOSS}.
   */
  public static final String STEP = "step";

  /**
   * Graph: adds a batch's gradients, divided by the number of batches, to the accumulators; output
   * {@link #LOSS}.
   */
  public static final String ACCUMULATE = "accumulate";

  /**
   * Graph: updates the parameters with the accumulated gradients and clears them; inputs {@link
   * #LR}, {@link #T}.
   */
  public static final String APPLY = "apply";

  /** Input: the learning rate []. */
  public static final String LR = "lr";

  /** Input: the optimizer step's number from 1 []. */
  public static final String T = "t";

  /** Output: the loss []. */
  public static final String LOSS = "loss";

  private static final String GRADIENT = "grad.";

  private final Objective objective;
  private final Optimizer optimizer;
  private final int accumIter;
  private final List<ParameterSpec> trainable;

  private TrainingProgram(Objective objective, Optimizer optimizer, int accumIter) {
    this.objective = objective;
    this.optimizer = optimizer;
    this.accumIter = accumIter;
    this.trainable = objective.parameters().stream().filter(ParameterSpec::trainable).toList();
  }

  /**
   * The program of a training.
   *
   * @param name what it is, for messages and profiles
   * @param accumIter batches whose gradients are averaged before one update
   * @param more graphs over the objective's values that are wanted beside the step's
   */
  public static Program of(
      String name, Objective objective, Optimizer optimizer, int accumIter, Graph... more) {
    TrainingProgram traced = new TrainingProgram(objective, optimizer, accumIter);
    List<Graph> graphs = new ArrayList<>();
    if (accumIter == 1) {
      graphs.add(traced.step());
    } else {
      graphs.add(traced.accumulate());
      graphs.add(traced.apply());
    }
    graphs.addAll(List.of(more));
    return new Program(name, traced.states(), graphs);
  }

  /** The states of an optimizer for the trainable ones of these parameters, by kind. */
  public static List<StateSpec> optimizerStates(
      Optimizer optimizer, List<ParameterSpec> parameters) {
    List<List<StateSpec>> kinds = new ArrayList<>();
    for (ParameterSpec spec : parameters) {
      if (spec.trainable()) {
        List<StateSpec> states = optimizer.states(spec);
        for (int kind = 0; kind < states.size(); kind++) {
          if (kinds.size() == kind) {
            kinds.add(new ArrayList<>());
          }
          kinds.get(kind).add(states.get(kind));
        }
      }
    }
    return kinds.stream().flatMap(List::stream).toList();
  }

  private List<StateSpec> states() {
    List<StateSpec> states = new ArrayList<>();
    objective.parameters().forEach(spec -> states.add(new StateSpec(spec.name(), spec.shape())));
    states.addAll(optimizerStates(optimizer, objective.parameters()));
    if (accumIter > 1) {
      trainable.forEach(spec -> states.add(new StateSpec(GRADIENT + spec.name(), spec.shape())));
    }
    return states;
  }

  private Graph step() {
    GraphBuilder graph = new GraphBuilder(STEP);
    update(graph, lossGradients(graph));
    return graph.build();
  }

  private Graph accumulate() {
    GraphBuilder graph = new GraphBuilder(ACCUMULATE);
    lossGradients(graph)
        .forEach(
            (spec, gradient) -> {
              String name = GRADIENT + spec.name();
              Tensor sum = graph.state(name, gradient.shape());
              graph.update(name, graph.add(sum, graph.affine(gradient, 1.0 / accumIter, 0)));
            });
    return graph.build();
  }

  private Graph apply() {
    GraphBuilder graph = new GraphBuilder(APPLY);
    Map<ParameterSpec, Tensor> gradients = new LinkedHashMap<>();
    for (ParameterSpec spec : trainable) {
      gradients.put(spec, graph.state(GRADIENT + spec.name(), spec.shape()));
    }
    update(graph, gradients);
    gradients.forEach(
        (spec, gradient) -> graph.update(GRADIENT + spec.name(), graph.fill(0, gradient.shape())));
    return graph.build();
  }

  /** Traces the loss and its gradient by each trainable parameter, in order. */
  private Map<ParameterSpec, Tensor> lossGradients(GraphBuilder graph) {
    Tensor loss = objective.loss(graph);
    graph.output(LOSS, loss);
    List<Tensor> parameters =
        trainable.stream().map(spec -> graph.state(spec.name(), spec.shape())).toList();
    List<Tensor> gradients =
        List.copyOf(Differentiator.gradients(graph, loss, parameters).values());
    Map<ParameterSpec, Tensor> bySpec = new LinkedHashMap<>();
    for (int i = 0; i < gradients.size(); i++) {
      bySpec.put(trainable.get(i), gradients.get(i));
    }
    return bySpec;
  }

  private void update(GraphBuilder graph, Map<ParameterSpec, Tensor> gradients) {
    Tensor lr = graph.input(LR, TensorType.real());
    Tensor t = graph.input(T, TensorType.real());
    // Parameters with the same scale share one tensor, by which engines group their updates.
    Map<Double, Tensor> scaled = new HashMap<>();
    scaled.put(1.0, lr);
    gradients.forEach(
        (spec, gradient) -> {
          Tensor own =
              scaled.computeIfAbsent(optimizer.lrScale(spec), scale -> graph.affine(lr, scale, 0));
          optimizer.update(graph, spec, gradient, own, t);
        });
  }
}
