package io.mae4j.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.TensorType;
import io.mae4j.backend.djl.script.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** One graph of a loaded program, with the native arrays that each of its runs is called with. */
final class BoundGraph {
  private final Graph graph;
  private final Method method;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Element> elements = new ArrayList<>();

  /** An input and the place it goes through. */
  private record Slot(String input, Transfer transfer) {}

  /** An array that is an element of a list argument. */
  private record Element(String list, NDArray array) {}

  BoundGraph(
      Graph graph,
      Method method,
      Function<String, NDArray> states,
      Function<Array, NDArray> constants) {
    this.graph = graph;
    this.method = method;
    for (String input : method.inputs()) {
      TensorType type = Objects.requireNonNull(graph.inputs().get(input)).type();
      slots.add(new Slot(input, new Transfer(type)));
    }
    method
        .states()
        .forEach(
            (list, members) ->
                members.forEach(state -> elements.add(new Element(list, states.apply(state)))));
    for (Array constant : method.constants()) {
      elements.add(new Element(Method.CONSTANTS, constants.apply(constant)));
    }
  }

  /** One native call. */
  Map<String, Array> run(
      NativeModule module, NDManager results, Map<String, Array> inputs, Set<String> fetch) {
    NDList arguments = new NDList(slots.size() + elements.size());
    for (Slot slot : slots) {
      Array value = Objects.requireNonNull(inputs.get(slot.input()));
      arguments.add(slot.transfer().upload(results, value));
    }
    for (Element element : elements) {
      element.array().setName(element.list() + "[]");
      arguments.add(element.array());
    }
    NDList outputs = module.call(results, method.name(), arguments, method.parallel());
    Map<String, Array> fetched = new LinkedHashMap<>();
    for (int i = 0; i < method.outputs().size(); i++) {
      String output = method.outputs().get(i);
      if (fetch.contains(output)) {
        fetched.put(
            output,
            Transfer.download(
                outputs.get(i), Objects.requireNonNull(graph.outputs().get(output)).shape()));
      }
    }
    return fetched;
  }
}
