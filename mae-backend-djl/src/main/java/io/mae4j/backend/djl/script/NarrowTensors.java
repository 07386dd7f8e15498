package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.graph.op.AttentionGrad;
import io.mae4j.api.graph.op.Concat;
import io.mae4j.api.graph.op.Gelu;
import io.mae4j.api.graph.op.GeluGrad;
import io.mae4j.api.graph.op.Linear;
import io.mae4j.api.graph.op.MatMul;
import io.mae4j.api.graph.op.Op;
import io.mae4j.api.graph.op.Reshape;
import io.mae4j.api.graph.op.Split;
import io.mae4j.api.graph.op.Sum;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the tensors that lie between products and need not be single precision on the way: results
 * of products that only products read, at most through GELU, attention or a change of form. Nothing
 * is lost by it where a product's result is rounded and its operands are; the gradients that go
 * through GELU are rounded once more than otherwise.
 */
final class NarrowTensors {
  private final GraphFacts facts;
  private final Set<Tensor> narrow = new HashSet<>();

  private NarrowTensors(GraphFacts facts) {
    this.facts = facts;
  }

  /** The tensors of a graph that can stay narrow. */
  static Set<Tensor> of(Graph graph, GraphFacts facts) {
    NarrowTensors found = new NarrowTensors(facts);
    graph.nodes().forEach(found::suppose);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Node node : graph.nodes()) {
        changed |= found.withdraw(node);
      }
    }
    return Set.copyOf(found.narrow);
  }

  private void suppose(Node node) {
    if (isProduct(node.op()) || keepsType(node.op())) {
      reals(node).filter(tensor -> !facts.isResult(tensor)).forEach(narrow::add);
    }
  }

  /** The outputs that may be narrow: all but the statistics of attention. */
  private static Stream<Tensor> reals(Node node) {
    return node.op() instanceof Attention
        ? Stream.of(node.outputs().get(0))
        : node.outputs().stream();
  }

  /** Gives up what a node cannot read or write; tells whether there was anything. */
  private boolean withdraw(Node node) {
    if (isProduct(node.op()) || readsAnyType(node)) {
      return false;
    }
    if (!keepsType(node.op())) {
      return narrow.removeAll(Set.copyOf(node.inputs()));
    }
    List<Tensor> all =
        Stream.concat(node.inputs().stream(), node.outputs().stream().filter(facts::isUsed))
            .toList();
    return !narrow.containsAll(all) && narrow.removeAll(Set.copyOf(all));
  }

  private static boolean isProduct(Op op) {
    return op instanceof Linear
        || op instanceof MatMul
        || op instanceof Attention
        || op instanceof AttentionGrad;
  }

  /** Whether all inputs and outputs of an operator are of one type, whichever. */
  private static boolean keepsType(Op op) {
    return op instanceof Gelu
        || op instanceof GeluGrad
        || op instanceof Split
        || op instanceof Concat
        || op instanceof Reshape;
  }

  private static boolean readsAnyType(Node node) {
    return node.op() instanceof Sum sum && !sum.axes().isEmpty();
  }
}
