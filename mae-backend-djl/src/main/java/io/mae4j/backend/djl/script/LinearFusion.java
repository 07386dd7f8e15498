package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Binary;
import io.mae4j.api.graph.op.Linear;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds linear maps whose only reader adds a tensor of the same shape, such as a residual: one
 * kernel does both.
 */
final class LinearFusion {
  private final Map<Node, Node> linears = new HashMap<>();
  private final Set<Node> fused = new HashSet<>();

  LinearFusion(Graph graph, GraphFacts facts) {
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Binary binary
          && binary.kind() == Binary.Kind.ADD
          && node.input(0).shape().equals(node.input(1).shape())) {
        candidate(facts, node.input(1))
            .or(() -> candidate(facts, node.input(0)))
            .ifPresent(
                linear -> {
                  linears.put(node, linear);
                  fused.add(linear);
                });
      }
    }
  }

  private static Optional<Node> candidate(GraphFacts facts, Tensor tensor) {
    Node node = facts.producer(tensor);
    boolean only = facts.reads(tensor) == 1 && !facts.isResult(tensor);
    return node.op() instanceof Linear && only ? Optional.of(node) : Optional.empty();
  }

  /** The linear map that an addition includes. */
  Optional<Node> linearOf(Node addition) {
    return Optional.ofNullable(linears.get(addition));
  }

  /** Whether a linear map is computed together with the addition that reads it. */
  boolean isFused(Node linear) {
    return fused.contains(linear);
  }
}
