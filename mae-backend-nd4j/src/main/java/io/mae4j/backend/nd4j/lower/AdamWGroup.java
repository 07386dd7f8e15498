package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.graph.op.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AdamW steps with the same numbers that only overwrite their own states, so that they can run in
 * place after everything else, and where their states lie in a row, as one.
 *
 * @param op the numbers
 * @param learningRate lr []
 * @param step t []
 * @param nodes the steps
 */
record AdamWGroup(AdamW op, Tensor learningRate, Tensor step, List<Node> nodes) {

  private record Key(AdamW op, Tensor learningRate, Tensor step) {}

  /** The groups of a graph, in the order of their first steps. */
  static List<AdamWGroup> of(Graph graph, GraphFacts facts) {
    Map<Key, List<Node>> groups = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof AdamW op && overwritesItsStates(graph, facts, node)) {
        groups
            .computeIfAbsent(new Key(op, node.input(4), node.input(5)), key -> new ArrayList<>())
            .add(node);
      }
    }
    return groups.entrySet().stream()
        .map(
            entry ->
                new AdamWGroup(
                    entry.getKey().op(),
                    entry.getKey().learningRate(),
                    entry.getKey().step(),
                    List.copyOf(entry.getValue())))
        .toList();
  }

  private static boolean overwritesItsStates(Graph graph, GraphFacts facts, Node node) {
    List<Tensor> before = List.of(node.input(0), node.input(2), node.input(3));
    for (int i = 0; i < before.size(); i++) {
      Tensor after = node.outputs().get(i);
      boolean fits =
          stateOf(facts, before.get(i)).map(graph.updates()::get).filter(after::equals).isPresent()
              && facts.readers(after).isEmpty()
              && !graph.outputs().containsValue(after)
              && graph.updates().values().stream().filter(after::equals).count() == 1;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** The state that a tensor is the value of. */
  static Optional<String> stateOf(GraphFacts facts, Tensor tensor) {
    return facts.producer(tensor).op() instanceof State state
        ? Optional.of(state.state())
        : Optional.empty();
  }

  /** The state that a step's input is. */
  static String state(GraphFacts facts, Node step, int input) {
    return stateOf(facts, step.input(input)).orElseThrow();
  }
}
