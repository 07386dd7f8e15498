package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The arguments of one method: inputs one by one, states in lists. The parameters and moments of
 * each fused AdamW call are lists of their own, since libtorch loses writes through lists that are
 * made inside the method; all other states form one list.
 */
final class Arguments {
  private static final String OTHER_STATES = "s";

  private final List<String> inputs = new ArrayList<>();
  private final Map<String, List<String>> states = new LinkedHashMap<>();
  private final List<Array> constants = new ArrayList<>();
  private final Map<String, String> stateExpressions = new HashMap<>();

  Arguments(Graph graph, GraphFacts facts, UpdatePlan plan) {
    inputs.addAll(graph.inputs().keySet());
    int group = 0;
    for (List<Node> steps : plan.groups().values()) {
      for (Node step : steps) {
        addState(parameters(group), stateOf(facts, step.input(0)));
        addState(firstMoments(group), stateOf(facts, step.input(2)));
        addState(secondMoments(group), stateOf(facts, step.input(3)));
      }
      group++;
    }
    Set<String> others = new TreeSet<>(graph.states().keySet());
    others.addAll(graph.updates().keySet());
    others.removeAll(stateExpressions.keySet());
    others.forEach(state -> addState(OTHER_STATES, state));
  }

  private static String stateOf(GraphFacts facts, Tensor tensor) {
    if (facts.producer(tensor).op() instanceof State state) {
      return state.state();
    }
    throw new IllegalArgumentException(tensor + " is no state");
  }

  private void addState(String list, String state) {
    List<String> members = states.computeIfAbsent(list, name -> new ArrayList<>());
    stateExpressions.put(state, list + "[" + members.size() + "]");
    members.add(state);
  }

  /** The list of the parameters of a group of fused steps. */
  static String parameters(int group) {
    return "p" + group;
  }

  /** The list of the first moments of a group of fused steps. */
  static String firstMoments(int group) {
    return "m" + group;
  }

  /** The list of the second moments of a group of fused steps. */
  static String secondMoments(int group) {
    return "v" + group;
  }

  /** The expression for an input. */
  String input(String input) {
    return "i" + inputs.indexOf(input);
  }

  /** The expression for a state. */
  String state(String state) {
    String expression = stateExpressions.get(state);
    if (expression == null) {
      throw new IllegalArgumentException("the graph does not use state '" + state + "'");
    }
    return expression;
  }

  /** The expression for a constant, which becomes an argument. */
  String constant(Array value) {
    constants.add(value);
    return Method.CONSTANTS + "[" + (constants.size() - 1) + "]";
  }

  /** The finished method. */
  Method method(String name, Graph graph, int parallel, String body) {
    StringBuilder head = new StringBuilder("  def ").append(name).append("(self");
    inputs.forEach(input -> head.append(", ").append(input(input)).append(": Tensor"));
    states.keySet().forEach(list -> head.append(", ").append(list).append(": List[Tensor]"));
    if (!constants.isEmpty()) {
      head.append(", ").append(Method.CONSTANTS).append(": List[Tensor]");
    }
    head.append(") -> List[Tensor]:\n").append(body);
    return new Method(
        name,
        inputs,
        states,
        constants,
        List.copyOf(graph.outputs().keySet()),
        parallel,
        head.toString());
  }
}
