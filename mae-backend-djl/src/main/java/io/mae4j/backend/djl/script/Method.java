package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One graph as a method, and what to call it with, in this order: each input as a tensor, each list
 * of states as a list of tensors, and the constants as a list named {@value #CONSTANTS} unless
 * there are none. It returns the outputs as a list.
 *
 * @param name the method's name
 * @param inputs the inputs, in the order of the arguments
 * @param states the names of the states in each list, by the argument's name; no list is empty
 * @param constants the values of the list {@value #CONSTANTS}
 * @param outputs the outputs, in the order of the returned list, which has one meaningless element
 *     if there are none
 * @param parallel how many of its parts run at the same time
 * @param text its source text
 */
public record Method(
    String name,
    List<String> inputs,
    Map<String, List<String>> states,
    List<Array> constants,
    List<String> outputs,
    int parallel,
    String text) {
  /** The argument with the constants. */
  public static final String CONSTANTS = "c";

  /** Copies the collections. */
  public Method {
    inputs = List.copyOf(inputs);
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    constants = List.copyOf(constants);
    outputs = List.copyOf(outputs);
  }
}
