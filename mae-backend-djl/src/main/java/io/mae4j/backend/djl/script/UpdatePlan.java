package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.AdamW;
import io.mae4j.api.graph.op.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a graph's updates are carried out once everything else is computed: AdamW steps that
 * overwrite their own states run in place, grouped into as few calls as possible; every other new
 * value is copied into its state after them.
 */
final class UpdatePlan {
  private final Map<GroupKey, List<Node>> groups = new LinkedHashMap<>();
  private final Set<Node> inPlace = new HashSet<>();
  private final Set<String> inPlaceStates = new HashSet<>();
  private final Map<String, Tensor> copies = new LinkedHashMap<>();

  /** What the parameters of one fused call have in common. */
  record GroupKey(AdamW op, Tensor learningRate, Tensor step) {}

  UpdatePlan(Graph graph, GraphFacts facts) {
    for (Node node : graph.nodes()) {
      if (node.op() instanceof AdamW op && overwritesItsStates(graph, facts, node)) {
        groups
            .computeIfAbsent(
                new GroupKey(op, node.input(4), node.input(5)), key -> new ArrayList<>())
            .add(node);
        inPlace.add(node);
        stateOf(facts, node.input(0)).ifPresent(inPlaceStates::add);
        stateOf(facts, node.input(2)).ifPresent(inPlaceStates::add);
        stateOf(facts, node.input(3)).ifPresent(inPlaceStates::add);
      }
    }
    graph
        .updates()
        .forEach(
            (state, value) -> {
              boolean unchanged = stateOf(facts, value).filter(state::equals).isPresent();
              if (!unchanged && !inPlaceStates.contains(state)) {
                copies.put(state, value);
              }
            });
  }

  private static boolean overwritesItsStates(Graph graph, GraphFacts facts, Node node) {
    List<Tensor> before = List.of(node.input(0), node.input(2), node.input(3));
    for (int i = 0; i < before.size(); i++) {
      Tensor after = node.outputs().get(i);
      boolean fits =
          stateOf(facts, before.get(i)).map(graph.updates()::get).filter(after::equals).isPresent()
              && facts.reads(after) == 0
              && !graph.outputs().containsValue(after)
              && graph.updates().values().stream().filter(after::equals).count() == 1;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> stateOf(GraphFacts facts, Tensor tensor) {
    return facts.producer(tensor).op() instanceof State state
        ? Optional.of(state.state())
        : Optional.empty();
  }

  /** The AdamW steps that run in place, by what they have in common. */
  Map<GroupKey, List<Node>> groups() {
    return groups;
  }

  /** Whether a node is an AdamW step that runs in place. */
  boolean isInPlace(Node node) {
    return inPlace.contains(node);
  }

  /** Whether a state is overwritten by an AdamW step in place, before the copies. */
  boolean isOverwrittenInPlace(String state) {
    return inPlaceStates.contains(state);
  }

  /** Whether a state changes at all. */
  boolean isOverwritten(String state) {
    return inPlaceStates.contains(state) || copies.containsKey(state);
  }

  /** The new values that are copied, by state. */
  Map<String, Tensor> copies() {
    return copies;
  }
}
