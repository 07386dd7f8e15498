package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphParts;
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

  private LinearFusion() {}

  /** Fuses nothing. */
  static LinearFusion none() {
    return new LinearFusion();
  }

  /** Fuses what can be fused in a graph. */
  static LinearFusion of(Graph graph, GraphFacts facts, GraphParts parts) {
    LinearFusion fusion = new LinearFusion();
    for (Node node : graph.nodes()) {
      if (addsAlike(node)) {
        candidate(facts, node.input(1))
            .or(() -> candidate(facts, node.input(0)))
            .filter(linear -> parts.of(linear) == parts.of(node))
            .ifPresent(linear -> fusion.add(linear, node));
      }
    }
    return fusion;
  }

  private static boolean addsAlike(Node node) {
    return node.op() instanceof Binary binary
        && binary.kind() == Binary.Kind.ADD
        && node.input(0).shape().equals(node.input(1).shape());
  }

  private void add(Node linear, Node addition) {
    linears.put(addition, linear);
    fused.add(linear);
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
