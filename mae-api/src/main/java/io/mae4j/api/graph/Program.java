package io.mae4j.api.graph;

import io.mae4j.api.error.MaeException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a backend compiles: states, and the graphs that read and update them. A training program has
 * for example the graphs {@code step} and {@code forward} over the same parameters. Immutable.
 */
public final class Program {
  private final String name;
  private final Map<String, StateSpec> states;
  private final Map<String, Graph> graphs;

  /**
   * A program.
   *
   * @throws IllegalArgumentException if two states or graphs share a name, or if a graph reads or
   *     updates a state that is not there or has another shape
   */
  public Program(String name, List<StateSpec> states, List<Graph> graphs) {
    this.name = name;
    this.states = index(states, StateSpec::name);
    this.graphs = index(graphs, Graph::name);
    for (Graph graph : graphs) {
      graph.states().forEach((state, tensor) -> requireState(graph, state, tensor));
      graph.updates().forEach((state, tensor) -> requireState(graph, state, tensor));
    }
  }

  private static <T> Map<String, T> index(List<T> items, Function<T, String> nameOf) {
    return items.stream()
        .collect(
            Collectors.collectingAndThen(
                Collectors.toMap(
                    nameOf,
                    Function.identity(),
                    (a, b) -> {
                      throw new IllegalArgumentException(
                          "the name '" + nameOf.apply(a) + "' is used twice");
                    },
                    LinkedHashMap::new),
                java.util.Collections::unmodifiableMap));
  }

  private void requireState(Graph graph, String state, Tensor tensor) {
    StateSpec spec = states.get(state);
    if (spec == null) {
      throw new IllegalArgumentException(
          "graph '"
              + graph.name()
              + "' uses state '"
              + state
              + "', which program '"
              + name
              + "' lacks");
    }
    if (!spec.shape().equals(tensor.shape())) {
      throw new IllegalArgumentException(
          "graph '"
              + graph.name()
              + "' takes state '"
              + state
              + "' as "
              + tensor.shape()
              + ", the program has "
              + spec.shape());
    }
  }

  /** What it is, for messages and profiles. */
  public String name() {
    return name;
  }

  /** The states by name, in their order. */
  public Map<String, StateSpec> states() {
    return states;
  }

  /** The graphs by name, in their order. */
  public Map<String, Graph> graphs() {
    return graphs;
  }

  /**
   * A graph by name.
   *
   * @throws MaeException of kind USER if there is none of that name
   */
  public Graph graph(String graph) {
    Graph found = graphs.get(graph);
    if (found == null) {
      throw MaeException.user(
          "program '" + name + "' has no graph '" + graph + "'. It has: " + graphs.keySet());
    }
    return found;
  }

  /**
   * Checks the names of states to be read. Every engine calls it before it copies anything.
   *
   * @throws MaeException of kind USER that names the unknown state
   */
  public void checkRead(Collection<String> names) {
    names.forEach(this::spec);
  }

  /**
   * Checks values to be written to states: their names, shapes and that they are real-valued. Every
   * engine calls it before it changes anything.
   *
   * @throws MaeException of kind USER that names the state
   */
  public void checkWrite(Map<String, Array> values) {
    values.forEach(
        (state, array) -> {
          Shape shape = spec(state).shape();
          if (!shape.equals(array.shape()) || !array.dtype().isFloating()) {
            throw MaeException.user(
                "state '" + state + "' must be " + TensorType.real(shape) + ", got " + array);
          }
        });
  }

  private StateSpec spec(String state) {
    StateSpec found = states.get(state);
    if (found == null) {
      throw MaeException.user("program '" + name + "' has no state '" + state + "'");
    }
    return found;
  }
}
