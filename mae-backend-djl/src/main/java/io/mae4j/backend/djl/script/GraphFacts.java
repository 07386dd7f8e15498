package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Broadcast;
import io.mae4j.api.graph.op.Reshape;
import io.mae4j.api.graph.op.Split;
import io.mae4j.api.graph.op.State;
import io.mae4j.api.graph.op.Sum;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who makes and who reads each tensor of a graph, and which tensors may share memory with a state.
 */
final class GraphFacts {
  private final Map<Tensor, Node> producers = new HashMap<>();
  private final Map<Tensor, Integer> reads = new HashMap<>();
  private final Set<Tensor> results = new HashSet<>();

  GraphFacts(Graph graph) {
    for (Node node : graph.nodes()) {
      node.outputs().forEach(tensor -> producers.put(tensor, node));
      node.inputs().forEach(tensor -> reads.merge(tensor, 1, Integer::sum));
    }
    results.addAll(graph.outputs().values());
    results.addAll(graph.updates().values());
  }

  /** The node that computes a tensor. */
  Node producer(Tensor tensor) {
    Node producer = producers.get(tensor);
    if (producer == null) {
      throw new IllegalArgumentException("no node computes " + tensor);
    }
    return producer;
  }

  /** How often nodes read a tensor. */
  int reads(Tensor tensor) {
    return reads.getOrDefault(tensor, 0);
  }

  /** Whether a tensor is an output or the new value of a state. */
  boolean isResult(Tensor tensor) {
    return results.contains(tensor);
  }

  /** Whether anything needs a tensor. */
  boolean isUsed(Tensor tensor) {
    return reads(tensor) > 0 || isResult(tensor);
  }

  /** The state whose memory a tensor may be a view of. */
  Optional<String> viewedState(Tensor tensor) {
    Node node = producer(tensor);
    if (node.op() instanceof State state) {
      return Optional.of(state.state());
    }
    boolean view =
        node.op() instanceof Reshape
            || node.op() instanceof Broadcast
            || node.op() instanceof Split
            || (node.op() instanceof Sum sum && sum.axes().isEmpty());
    return view ? viewedState(node.input(0)) : Optional.empty();
  }
}
