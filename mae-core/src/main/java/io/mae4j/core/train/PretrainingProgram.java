package io.mae4j.core.train;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.core.graph.Differentiator;
import io.mae4j.core.model.MaskedAutoencoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Traces what one optimizer step runs. Without accumulation it is one graph, {@link #STEP}:
 * forward, gradients and update in one call. With accumulation {@link #ACCUMULATE} runs for each
 * batch and {@link #APPLY} once.
 */
public final class PretrainingProgram {
  /**
   * Graph: a whole step; inputs of {@link MaskedAutoencoder} and {@link #LR}, {@link #T}; output
   * {@link #LOSS}.
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

  /** State prefix of AdamW's first moment. */
  public static final String EXP_AVG = "exp_avg.";

  /** State prefix of AdamW's second moment. */
  public static final String EXP_AVG_SQ = "exp_avg_sq.";

  private static final String GRADIENT = "grad.";
  private static final double ADAM_EPS = 1e-8;

  private final MaskedAutoencoder model;
  private final Recipe recipe;
  private final List<ParameterSpec> trainable;

  private PretrainingProgram(MaskedAutoencoder model, Recipe recipe) {
    this.model = model;
    this.recipe = recipe;
    this.trainable = model.parameters().stream().filter(ParameterSpec::trainable).toList();
  }

  /** The program of a model under a recipe. */
  public static Program of(MaskedAutoencoder model, Recipe recipe) {
    PretrainingProgram traced = new PretrainingProgram(model, recipe);
    List<Graph> graphs =
        recipe.accumIter() == 1
            ? List.of(traced.step())
            : List.of(traced.accumulate(), traced.apply());
    return new Program("pretrain", traced.states(), graphs);
  }

  private List<StateSpec> states() {
    List<StateSpec> states = new ArrayList<>();
    model.parameters().forEach(spec -> states.add(new StateSpec(spec.name(), spec.shape())));
    for (String prefix :
        recipe.accumIter() == 1
            ? List.of(EXP_AVG, EXP_AVG_SQ)
            : List.of(EXP_AVG, EXP_AVG_SQ, GRADIENT)) {
      trainable.forEach(spec -> states.add(new StateSpec(prefix + spec.name(), spec.shape())));
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
            (name, gradient) -> {
              Tensor sum = graph.state(GRADIENT + name, gradient.shape());
              graph.update(
                  GRADIENT + name,
                  graph.add(sum, graph.affine(gradient, 1.0 / recipe.accumIter(), 0)));
            });
    return graph.build();
  }

  private Graph apply() {
    GraphBuilder graph = new GraphBuilder(APPLY);
    Map<String, Tensor> gradients = new LinkedHashMap<>();
    for (ParameterSpec spec : trainable) {
      gradients.put(spec.name(), graph.state(GRADIENT + spec.name(), spec.shape()));
    }
    update(graph, gradients);
    gradients.forEach(
        (name, gradient) -> graph.update(GRADIENT + name, graph.fill(0, gradient.shape())));
    return graph.build();
  }

  /** Traces the loss and its gradient by each trainable parameter, by name. */
  private Map<String, Tensor> lossGradients(GraphBuilder graph) {
    int visible = model.image().grid().visible(recipe.maskRatio());
    Tensor loss = model.loss(graph, model.forward(graph, recipe.batchSize(), visible).pred());
    graph.output(LOSS, loss);
    List<Tensor> parameters =
        trainable.stream().map(spec -> graph.state(spec.name(), spec.shape())).toList();
    Map<Tensor, Tensor> gradients = Differentiator.gradients(graph, loss, parameters);
    Map<String, Tensor> byName = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      byName.put(trainable.get(i).name(), gradients.get(parameters.get(i)));
    }
    return byName;
  }

  private void update(GraphBuilder graph, Map<String, Tensor> gradients) {
    Tensor lr = graph.input(LR, TensorType.real());
    Tensor t = graph.input(T, TensorType.real());
    for (ParameterSpec spec : trainable) {
      String name = spec.name();
      Shape shape = spec.shape();
      AdamW adamw =
          new AdamW(
              recipe.beta1(), recipe.beta2(), ADAM_EPS, decays(spec) ? recipe.weightDecay() : 0);
      List<Tensor> updated =
          graph.apply(
              adamw,
              List.of(
                  graph.state(name, shape),
                  gradients.get(name),
                  graph.state(EXP_AVG + name, shape),
                  graph.state(EXP_AVG_SQ + name, shape),
                  lr,
                  t));
      graph.update(name, updated.get(0));
      graph.update(EXP_AVG + name, updated.get(1));
      graph.update(EXP_AVG_SQ + name, updated.get(2));
    }
  }

  /**
   * The official rule: biases and other 1-D parameters do not decay; the class and mask tokens do.
   */
  private static boolean decays(ParameterSpec spec) {
    return spec.shape().rank() > 1 && !spec.name().endsWith(".bias");
  }
}
