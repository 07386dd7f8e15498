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
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<Tensor, Block> owners = new HashMap<>();
  private final Map<Tensor, Tensor> first = new HashMap<>();
  private final Map<Block, Map<Tensor, Tensor>> again = new HashMap<>();

  /** The nodes of a block's forward pass; each part of a batch has its own. */
  private static final class Block {
    private final String scope;
    private final List<Node> nodes = new ArrayList<>();

    Block(String scope) {
      this.scope = scope;
    }

    boolean isDifferentiatedIn(Node node) {
      return node.scope().equals(scope + GRADIENT);
    }
  }

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
    findBlocks();
    graph.nodes().stream()
        .map(this::differentiated)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(latest -> owners.values().removeIf(latest::equals));
    graph.nodes().forEach(this::copy);
    graph.outputs().forEach((name, value) -> builder.output(name, first(value)));
    graph.updates().forEach((name, value) -> builder.update(name, first(value)));
    return builder.build();
  }

  private void findBlocks() {
    Block current = new Block("");
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Input || node.op() instanceof State) {
        continue;
      }
      if (!node.scope().equals(current.scope)) {
        current = new Block(node.scope());
      }
      if (BLOCK.matcher(current.scope).matches()) {
        current.nodes.add(node);
        for (Tensor output : node.outputs()) {
          owners.put(output, current);
        }
      }
    }
  }

  /** The block whose gradient a node is a part of. */
  private Optional<Block> differentiated(Node node) {
    return node.inputs().stream()
        .map(owners::get)
        .filter(block -> block != null && block.isDifferentiatedIn(node))
        .findFirst();
  }

  private void copy(Node node) {
    if (node.op() instanceof Input input) {
      first.put(node.output(), declare(input));
    } else if (node.op() instanceof State state) {
      first.put(node.output(), builder.state(state.state(), node.output().shape()));
    } else {
      Map<Tensor, Tensor> preferred =
          differentiated(node)
              .map(block -> again.computeIfAbsent(block, this::recompute))
              .orElse(Map.of());
      apply(node, node.scope(), preferred, first);
    }
  }

  private Tensor declare(Input input) {
    if (input.part().isEmpty()) {
      return builder.input(input.input(), input.type());
    }
    int part = input.part().getAsInt();
    String suffix = GraphBuilder.inputOfPart("", part);
    String name = input.input().substring(0, input.input().length() - suffix.length());
    return builder.part(part, () -> builder.input(name, input.type()));
  }

  /** Computes a block again and tells what became of each of its values. */
  private Map<Tensor, Tensor> recompute(Block block) {
    Map<Tensor, Tensor> values = new HashMap<>();
    for (Node node : block.nodes) {
      apply(node, block.scope + GRADIENT, values, values);
    }
    return values;
  }

  private void apply(
      Node node, String scope, Map<Tensor, Tensor> preferred, Map<Tensor, Tensor> results) {
    List<Tensor> operands = new ArrayList<>();
    for (Tensor input : node.inputs()) {
      Tensor other = preferred.get(input);
      operands.add(other == null ? first(input) : other);
    }
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
