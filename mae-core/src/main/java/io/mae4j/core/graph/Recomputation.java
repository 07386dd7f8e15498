package io.mae4j.core.graph;

import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Input;
import io.mae4j.api.graph.op.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Trades time for memory (Chen et al. 2016): the forward pass of each transformer block is computed
 * again right before the block's gradient, so that of a block only its input has to be kept in
 * between. The same operators run on the same values, so that the numbers stay the same. The block
 * whose gradient comes first is left as it is: its values would be computed again at once.
 */
public final class Recomputation {
  private static final String GRADIENT = ".grad";
  private static final Pattern BLOCK = Pattern.compile("(.+\\.)?\\w+\\.\\d+");

  private final Graph graph;
  private final GraphBuilder builder;
  private final Map<String, List<Node>> blocks = new HashMap<>();
  private final Map<Tensor, Tensor> first = new HashMap<>();
  private final Map<String, Map<Tensor, Tensor>> again = new HashMap<>();

  private Recomputation(Graph graph) {
    this.graph = graph;
    this.builder = new GraphBuilder(graph.name());
  }

  /** All graphs of a program; those without gradients stay as they are. */
  public static Program of(Program program) {
    return new Program(
        program.name(),
        List.copyOf(program.states().values()),
        program.graphs().values().stream().map(Recomputation::of).toList());
  }

  /** A graph that keeps the inputs of its blocks only. */
  public static Graph of(Graph graph) {
    return new Recomputation(graph).rewrite();
  }

  private Graph rewrite() {
    Set<String> differentiated = new HashSet<>();
    String latest = "";
    for (Node node : graph.nodes()) {
      String scope = node.scope();
      if (isGradientOfBlock(scope)) {
        latest = latest.isEmpty() ? block(scope) : latest;
        differentiated.add(block(scope));
      } else if (BLOCK.matcher(scope).matches() && !isResident(node)) {
        blocks.computeIfAbsent(scope, name -> new ArrayList<>()).add(node);
      }
    }
    blocks.keySet().retainAll(differentiated);
    blocks.remove(latest);
    graph.nodes().forEach(this::copy);
    graph.outputs().forEach((name, value) -> builder.output(name, first(value)));
    graph.updates().forEach((name, value) -> builder.update(name, first(value)));
    return builder.build();
  }

  private static boolean isGradientOfBlock(String scope) {
    return scope.endsWith(GRADIENT) && BLOCK.matcher(block(scope)).matches();
  }

  private static String block(String gradientScope) {
    return gradientScope.substring(0, gradientScope.length() - GRADIENT.length());
  }

  private static boolean isResident(Node node) {
    return node.op() instanceof Input || node.op() instanceof State;
  }

  private void copy(Node node) {
    if (node.op() instanceof Input input) {
      first.put(node.output(), builder.input(input.input(), node.output().type()));
    } else if (node.op() instanceof State state) {
      first.put(node.output(), builder.state(state.state(), node.output().shape()));
    } else if (node.scope().endsWith(GRADIENT) && blocks.containsKey(block(node.scope()))) {
      apply(
          node,
          node.scope(),
          again.computeIfAbsent(block(node.scope()), this::recompute),
          first);
    } else {
      apply(node, node.scope(), Map.of(), first);
    }
  }

  /** Computes a block again and tells what became of each of its values. */
  private Map<Tensor, Tensor> recompute(String block) {
    Map<Tensor, Tensor> values = new HashMap<>();
    for (Node node : blocks.getOrDefault(block, List.of())) {
      apply(node, block + GRADIENT, values, values);
    }
    return values;
  }

  private void apply(
      Node node, String scope, Map<Tensor, Tensor> preferred, Map<Tensor, Tensor> results) {
    List<Tensor> operands =
        node.inputs().stream()
            .map(input -> preferred.containsKey(input) ? preferred.get(input) : first(input))
            .toList();
    List<Tensor> outputs = builder.scope(scope, () -> builder.apply(node.op(), operands));
    for (int i = 0; i < outputs.size(); i++) {
      results.put(node.outputs().get(i), outputs.get(i));
    }
  }

  private Tensor first(Tensor value) {
    Tensor copied = first.get(value);
    if (copied == null) {
      throw new IllegalStateException(value + " is used before it is computed");
    }
    return copied;
  }
}
