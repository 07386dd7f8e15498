package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphParts;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Reshape;
import io.mae4j.backend.nd4j.plan.AdamWFactors;
import io.mae4j.backend.nd4j.plan.GraphPlan;
import io.mae4j.backend.nd4j.plan.Instruction;
import io.mae4j.backend.nd4j.plan.Phases;
import io.mae4j.backend.nd4j.plan.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Lowers a graph. Everything is computed before any state changes; then AdamW steps that only
 * overwrite their own states run in place over flat vectors, whose gradients were computed straight
 * into one; then every other new value is copied over its state.
 */
public final class GraphCompiler {
  private final Graph graph;
  private final GraphFacts facts;
  private final StateLayout states;
  private final Emitter emitter = new Emitter();
  private final Inputs inputs = new Inputs(emitter);
  private final List<AdamWRun> runs = new ArrayList<>();
  private final Map<Tensor, View> homes = new HashMap<>();
  private final Values values = new Values(emitter, homes);
  private final Set<Node> inPlace = new HashSet<>();
  private final GraphParts parts;
  private final Lowering lowering;

  private GraphCompiler(Graph graph, StateLayout states) {
    this.graph = graph;
    this.facts = new GraphFacts(graph);
    this.states = states;
    this.parts = new GraphParts(graph);
    this.lowering = new Lowering(emitter, values, facts, states, inputs);
    for (AdamWGroup group : AdamWGroup.of(graph, facts)) {
      runs.addAll(AdamWRun.of(group, facts, states));
    }
  }

  /**
   * The plan of a graph whose states lie as given.
   *
   * @throws MaeException of kind RESOURCE if a tensor has more elements than are counted in 32 bits
   */
  public static GraphPlan compile(Graph graph, StateLayout states) {
    graph.nodes().forEach(node -> node.outputs().forEach(tensor -> requireSize(graph, tensor)));
    return new GraphCompiler(graph, states).compile();
  }

  private static void requireSize(Graph graph, Tensor tensor) {
    if (tensor.shape().size() > Integer.MAX_VALUE) {
      throw MaeException.resource(
          "graph '"
              + graph.name()
              + "' computes a tensor "
              + tensor.shape()
              + ", and the engine 'nd4j' takes at most "
              + Integer.MAX_VALUE
              + " numbers in one. Make the batch smaller, or the model.");
    }
  }

  private GraphPlan compile() {
    for (AdamWRun run : runs) {
      for (Node node : run.nodes()) {
        inPlace.add(node);
        Tensor root = root(node.input(1));
        homes.putIfAbsent(root, run.gradient(node, root.shape()));
      }
    }
    lower(GraphParts.BEFORE);
    List<Instruction> before = emitter.take();
    List<List<Instruction>> sequences = new ArrayList<>();
    for (int part = 0; part < parts.count(); part++) {
      lower(part);
      sequences.add(emitter.take());
      values.forgetCopies();
    }
    lower(GraphParts.AFTER);
    gatherGradients();
    Map<String, View> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((output, tensor) -> outputs.put(output, values.dense(tensor)));
    Map<View, View> copies = newValues();
    Map<AdamWGroup, AdamWFactors> factors = factors();
    Phases compute = new Phases(before, sequences, emitter.take());
    stepInPlace(factors);
    copies.forEach((to, from) -> emitter.copy(from, to));
    return new GraphPlan(
        graph.name(),
        compute,
        emitter.take(),
        inputs.reals(),
        inputs.rowIndices(),
        emitter.constants(),
        outputs);
  }

  private void lower(int part) {
    for (Node node : graph.nodes()) {
      if (parts.of(node) == part && !inPlace.contains(node)) {
        node.op().accept(lowering, node);
      }
    }
  }

  /** What a tensor is another shape of. */
  private Tensor root(Tensor tensor) {
    Node producer = facts.producer(tensor);
    return producer.op() instanceof Reshape ? root(producer.input(0)) : tensor;
  }

  /** Copies the gradients that were not computed where AdamW wants them. */
  private void gatherGradients() {
    for (AdamWRun run : runs) {
      for (Node node : run.nodes()) {
        View wanted = run.gradient(node, node.input(1).shape());
        View found = values.view(node.input(1));
        if (!found.sees(wanted)) {
          emitter.copy(found, wanted);
        }
      }
    }
  }

  /** The new values to copy over states, by where they go; none of them lies in a state. */
  private Map<View, View> newValues() {
    Set<String> stepped = new HashSet<>();
    for (AdamWRun run : runs) {
      for (Node node : run.nodes()) {
        for (int input : new int[] {0, 2, 3}) {
          stepped.add(AdamWGroup.state(facts, node, input));
        }
      }
    }
    Map<View, View> copies = new LinkedHashMap<>();
    graph
        .updates()
        .forEach(
            (state, tensor) -> {
              View to = states.view(state);
              if (!stepped.contains(state) && !values.view(tensor).sees(to)) {
                copies.put(to, outsideStates(tensor));
              }
            });
    return copies;
  }

  private View outsideStates(Tensor tensor) {
    View view = values.dense(tensor);
    if (!Lowering.isState(view)) {
      return view;
    }
    View copy = emitter.temporary(view.shape());
    emitter.copy(view, copy);
    return copy;
  }

  private Map<AdamWGroup, AdamWFactors> factors() {
    Map<AdamWGroup, AdamWFactors> factors = new HashMap<>();
    for (AdamWRun run : runs) {
      factors.computeIfAbsent(
          run.group(),
          group ->
              AdamWCode.factors(
                  emitter,
                  group.op(),
                  values.dense(group.learningRate()),
                  values.dense(group.step())));
    }
    return factors;
  }

  private void stepInPlace(Map<AdamWGroup, AdamWFactors> factors) {
    for (AdamWRun run : runs) {
      AdamWCode.step(
          emitter,
          Objects.requireNonNull(factors.get(run.group())),
          run.states(states, 0),
          run.gradients(),
          run.states(states, 1),
          run.states(states, 2));
    }
  }
}
