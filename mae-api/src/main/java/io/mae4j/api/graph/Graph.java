package io.mae4j.api.graph;

import io.mae4j.api.error.MaeException;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One entry point of a program: named inputs, the states it reads, nodes in the order of their
 * evaluation, named outputs, and the new values of the states it updates. A graph is pure: every
 * read of a state sees the value from before the run; all updates take effect together at its end.
 * Made by {@link GraphBuilder}; immutable.
 */
public final class Graph {
  private final String name;
  private final List<Node> nodes;
  private final Map<String, Tensor> inputs;
  private final Map<String, Tensor> states;
  private final Map<String, Tensor> outputs;
  private final Map<String, Tensor> updates;
  private final Map<String, IndexRule> indexRules;

  Graph(
      String name,
      List<Node> nodes,
      Map<String, Tensor> inputs,
      Map<String, Tensor> states,
      Map<String, Tensor> outputs,
      Map<String, Tensor> updates,
      Map<String, IndexRule> indexRules) {
    this.name = name;
    this.nodes = List.copyOf(nodes);
    this.inputs = copy(inputs);
    this.states = copy(states);
    this.outputs = copy(outputs);
    this.updates = copy(updates);
    this.indexRules = copy(indexRules);
  }

  private static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** Its name in the program. */
  public String name() {
    return name;
  }

  /** The nodes; each reads only what nodes before it compute. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The inputs by name. */
  public Map<String, Tensor> inputs() {
    return inputs;
  }

  /** The states it reads, by name. */
  public Map<String, Tensor> states() {
    return states;
  }

  /** The outputs by name. */
  public Map<String, Tensor> outputs() {
    return outputs;
  }

  /** The new value of each state it changes, by the state's name. */
  public Map<String, Tensor> updates() {
    return updates;
  }

  /** What the values of index inputs must obey, by the input's name. */
  public Map<String, IndexRule> indexRules() {
    return indexRules;
  }

  /**
   * Checks the arrays of one run: exactly the declared inputs, their types and shapes, and index
   * values in range. Every engine calls it before it touches native memory. A {@link DType#FLOAT64}
   * array may stand for a {@link DType#FLOAT32} input.
   *
   * @throws MaeException of kind USER that names the graph and the input
   */
  public void checkInputs(Map<String, Array> arrays) {
    for (String given : arrays.keySet()) {
      if (!inputs.containsKey(given)) {
        throw MaeException.user(
            "graph '" + name + "' has no input '" + given + "'. It takes: " + inputs.keySet());
      }
    }
    for (Map.Entry<String, Tensor> entry : inputs.entrySet()) {
      String input = entry.getKey();
      Array array = arrays.get(input);
      if (array == null) {
        throw MaeException.user(
            "graph '"
                + name
                + "': input '"
                + input
                + "' "
                + entry.getValue().type()
                + " is missing");
      }
      TensorType type = entry.getValue().type();
      if (!type.shape().equals(array.shape())
          || type.dtype().isFloating() != array.dtype().isFloating()) {
        throw MaeException.user(
            "graph '" + name + "': input '" + input + "' must be " + type + ", got " + array);
      }
      IndexRule rule = indexRules.get(input);
      if (rule != null) {
        checkIndices(input, array, rule);
      }
    }
  }

  /**
   * Checks the outputs asked of one run. Every engine calls it before it computes.
   *
   * @throws MaeException of kind USER that names the graph and the unknown output
   */
  public void checkFetch(Set<String> fetch) {
    for (String output : fetch) {
      if (!outputs.containsKey(output)) {
        throw MaeException.user(
            "graph '" + name + "' has no output '" + output + "'. It gives: " + outputs.keySet());
      }
    }
  }

  private void checkIndices(String input, Array array, IndexRule rule) {
    int[] values = array.ints();
    int row = array.shape().dim(-1);
    BitSet seen = new BitSet(rule.limit());
    for (int i = 0; i < values.length; i++) {
      if (i % row == 0) {
        seen.clear();
      }
      int value = values[i];
      if (value < 0 || value >= rule.limit()) {
        throw MaeException.user(
            "graph '"
                + name
                + "': input '"
                + input
                + "' has index "
                + value
                + " at element "
                + i
                + ", outside 0.."
                + (rule.limit() - 1));
      }
      if (rule.distinct() && seen.get(value)) {
        throw MaeException.user(
            "graph '"
                + name
                + "': input '"
                + input
                + "' repeats index "
                + value
                + " within row "
                + i / row);
      }
      seen.set(value);
    }
  }

  /** A listing of the nodes, one a line, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("graph ").append(name).append('\n');
    for (Node node : nodes) {
      text.append("  ")
          .append(node.outputs())
          .append(" = ")
          .append(node.op())
          .append(node.inputs())
          .append('\n');
    }
    return text.toString();
  }
}
