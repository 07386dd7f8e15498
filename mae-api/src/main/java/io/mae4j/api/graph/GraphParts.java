package io.mae4j.api.graph;

import io.mae4j.api.graph.op.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes of a graph depend on the inputs of one part alone, as {@link GraphBuilder#part}
 * traces them, so that an engine can run parts at the same time: first what depends on no part,
 * then the parts side by side, then what needs several of them.
 */
public final class GraphParts {
  /** What depends on no part. */
  public static final int BEFORE = -1;

  /** What depends on more than one part. */
  public static final int AFTER = -2;

  private final Graph graph;
  private final Map<Node, Integer> parts = new HashMap<>();
  private final int count;

  /** The parts of a graph. */
  public GraphParts(Graph graph) {
    this.graph = graph;
    Map<Tensor, Integer> tensors = new HashMap<>();
    int most = 0;
    for (Node node : graph.nodes()) {
      int part = BEFORE;
      if (node.op() instanceof Input input && input.part().isPresent()) {
        part = input.part().getAsInt();
        most = Math.max(most, part + 1);
      }
      for (Tensor tensor : node.inputs()) {
        part = join(part, tensors.getOrDefault(tensor, BEFORE));
      }
      parts.put(node, part);
      for (Tensor tensor : node.outputs()) {
        tensors.put(tensor, part);
      }
    }
    this.count = most;
  }

  private static int join(int a, int b) {
    if (a == b || b == BEFORE) {
      return a;
    }
    return a == BEFORE ? b : AFTER;
  }

  /** How many parts there are; 0 if the graph is not traced in parts. */
  public int count() {
    return count;
  }

  /** The part that a node belongs to, or {@link #BEFORE}, or {@link #AFTER}. */
  public int of(Node node) {
    return parts.getOrDefault(node, BEFORE);
  }

  /** What a part computes for others: for nodes after the parts, as an output or as an update. */
  public List<Tensor> results(int part) {
    Set<Tensor> computed = new LinkedHashSet<>();
    Set<Tensor> wanted = new LinkedHashSet<>(graph.outputs().values());
    wanted.addAll(graph.updates().values());
    for (Node node : graph.nodes()) {
      if (of(node) == part) {
        computed.addAll(node.outputs());
      } else {
        wanted.addAll(node.inputs());
      }
    }
    computed.retainAll(wanted);
    return new ArrayList<>(computed);
  }
}
