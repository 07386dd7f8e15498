package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Graph;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Program;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.StateSpec;
import io.mae4j.backend.nd4j.plan.Block;
import io.mae4j.backend.nd4j.plan.MemoryPlan;
import io.mae4j.backend.nd4j.plan.View;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where each state of a program lies in the one block of states. What AdamW updates together lies
 * in a row: the parameters of a group, then their first moments, then their second ones.
 */
public final class StateLayout {
  private final Block block;
  private final Map<String, View> views = new LinkedHashMap<>();

  private StateLayout(Block block) {
    this.block = block;
  }

  /** The layout of a program's states. */
  public static StateLayout of(Program program) {
    Set<String> order = new LinkedHashSet<>();
    for (Graph graph : program.graphs().values()) {
      GraphFacts facts = new GraphFacts(graph);
      for (AdamWGroup group : AdamWGroup.of(graph, facts)) {
        for (int input : new int[] {0, 2, 3}) {
          for (Node node : group.nodes()) {
            order.add(AdamWGroup.state(facts, node, input));
          }
        }
      }
    }
    order.addAll(program.states().keySet());
    Map<String, Long> offsets = new LinkedHashMap<>();
    long size = 0;
    for (String state : order) {
      offsets.put(state, size);
      size += padded(shape(program, state));
    }
    StateLayout layout =
        new StateLayout(new Block(Block.Home.STATE, DType.FLOAT32, Math.max(size, 1)));
    offsets.forEach(
        (state, offset) ->
            layout.views.put(state, View.dense(layout.block, offset, shape(program, state))));
    return layout;
  }

  private static Shape shape(Program program, String state) {
    StateSpec spec = Objects.requireNonNull(program.states().get(state));
    return spec.shape();
  }

  /** How many elements a state takes, padding included. Padding is zero and stays so. */
  static long padded(Shape shape) {
    return MemoryPlan.align(shape.size());
  }

  /** The block of all states. */
  public Block block() {
    return block;
  }

  /** Where a state lies. */
  public View view(String state) {
    return Objects.requireNonNull(views.get(state), state);
  }
}
