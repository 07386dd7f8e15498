package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Who makes and who reads each tensor of a graph. */
final class GraphFacts {
  private final Map<Tensor, Node> producers = new HashMap<>();
  private final Map<Tensor, List<Node>> readers = new HashMap<>();
  private final Set<Tensor> results = new HashSet<>();

  GraphFacts(Graph graph) {
    for (Node node : graph.nodes()) {
      node.outputs().forEach(tensor -> producers.put(tensor, node));
      node.inputs()
          .forEach(tensor -> readers.computeIfAbsent(tensor, key -> new ArrayList<>()).add(node));
    }
    results.addAll(graph.outputs().values());
    results.addAll(graph.updates().values());
  }

  /** The node that computes a tensor. */
  Node producer(Tensor tensor) {
    return Objects.requireNonNull(producers.get(tensor), () -> "no node computes " + tensor);
  }

  /** The nodes that read a tensor, one entry for each reading. */
  List<Node> readers(Tensor tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  /** Whether a tensor is an output or the new value of a state. */
  boolean isResult(Tensor tensor) {
    return results.contains(tensor);
  }

  /** Whether anything needs a tensor. */
  boolean isUsed(Tensor tensor) {
    return isResult(tensor) || !readers(tensor).isEmpty();
  }
}
