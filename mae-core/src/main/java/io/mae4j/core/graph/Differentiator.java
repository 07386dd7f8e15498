package io.mae4j.core.graph;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation (Linnainmaa 1970): walks a trace backwards and appends, for each
 * node that the loss depends on through one of the wanted tensors, the nodes of its gradient. What
 * nobody wants a gradient of gets none, so that frozen parts cost nothing.
 */
public final class Differentiator {
  private Differentiator() {}

  /**
   * Appends the gradient of a scalar.
   *
   * @param graph the trace so far; grows
   * @param loss a scalar []
   * @param wanted the tensors to differentiate by
   * @return for each wanted tensor, in order, ∂loss/∂tensor of the tensor's shape
   * @throws MaeException of kind INTERNAL if the loss is not a scalar or does not depend on a
   *     wanted tensor
   */
  public static Map<Tensor, Tensor> gradients(
      GraphBuilder graph, Tensor loss, Collection<Tensor> wanted) {
    if (loss.shape().rank() != 0) {
      throw MaeException.internal("only a scalar can be differentiated, got " + loss);
    }
    List<Node> forward = List.copyOf(graph.nodes());
    Set<Tensor> active = dependents(forward, wanted);
    Map<Tensor, Tensor> gradients = new HashMap<>();
    gradients.put(loss, graph.fill(1, Shape.of()));
    for (int i = forward.size() - 1; i >= 0; i--) {
      Node node = forward.get(i);
      if (node.inputs().stream().anyMatch(active::contains)
          && node.outputs().stream().anyMatch(gradients::containsKey)) {
        graph.scope(
            node.scope().isEmpty() ? "grad" : node.scope() + ".grad",
            () -> differentiate(graph, node, active, gradients));
      }
    }
    Map<Tensor, Tensor> result = new LinkedHashMap<>();
    for (Tensor tensor : wanted) {
      Tensor gradient = gradients.get(tensor);
      if (gradient == null) {
        throw MaeException.internal("the loss does not depend on " + tensor);
      }
      result.put(tensor, gradient);
    }
    return result;
  }

  private static Set<Tensor> dependents(List<Node> nodes, Collection<Tensor> roots) {
    Set<Tensor> active = new HashSet<>(roots);
    for (Node node : nodes) {
      if (node.inputs().stream().anyMatch(active::contains)) {
        active.addAll(node.outputs());
      }
    }
    return active;
  }

  private static List<@Nullable Tensor> differentiate(
      GraphBuilder graph, Node node, Set<Tensor> active, Map<Tensor, Tensor> gradients) {
    List<@Nullable Tensor> parts =
        node.op().accept(new GradientRules(graph, active, gradients), node);
    for (int i = 0; i < parts.size(); i++) {
      Tensor part = parts.get(i);
      Tensor input = node.input(i);
      if (part != null && active.contains(input)) {
        gradients.merge(input, part, graph::add);
      }
    }
    return parts;
  }
}
