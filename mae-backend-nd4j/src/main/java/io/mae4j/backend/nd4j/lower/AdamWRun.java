package io.mae4j.backend.nd4j.lower;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.backend.nd4j.plan.Block;
import io.mae4j.backend.nd4j.plan.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW steps whose parameters and moments lie in a row, with one vector of all their gradients.
 */
final class AdamWRun {
  private static final int[] STATE_INPUTS = {0, 2, 3};

  private final AdamWGroup group;
  private final long[] starts;
  private final Map<Node, Long> places = new LinkedHashMap<>();
  private final Block gradients;
  private final long size;

  private AdamWRun(AdamWGroup group, List<Node> nodes, long[] starts) {
    this.group = group;
    this.starts = starts;
    long end = 0;
    for (Node node : nodes) {
      places.put(node, end);
      end += StateLayout.padded(node.input(0).shape());
    }
    this.size = end;
    this.gradients = new Block(Block.Home.RESIDENT, DType.FLOAT32, end);
  }

  /** A group cut where its states do not lie in a row. */
  static List<AdamWRun> of(AdamWGroup group, GraphFacts facts, StateLayout states) {
    List<AdamWRun> runs = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    long[] starts = {};
    long length = 0;
    for (Node node : group.nodes()) {
      long[] offsets = offsets(node, facts, states);
      if (!nodes.isEmpty() && !continues(starts, length, offsets)) {
        runs.add(new AdamWRun(group, nodes, starts));
        nodes.clear();
      }
      if (nodes.isEmpty()) {
        starts = offsets;
        length = 0;
      }
      nodes.add(node);
      length += StateLayout.padded(node.input(0).shape());
    }
    runs.add(new AdamWRun(group, nodes, starts));
    return runs;
  }

  private static long[] offsets(Node node, GraphFacts facts, StateLayout states) {
    long[] offsets = new long[STATE_INPUTS.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = states.view(AdamWGroup.state(facts, node, STATE_INPUTS[i])).offset();
    }
    return offsets;
  }

  private static boolean continues(long[] starts, long length, long[] offsets) {
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] + length != offsets[i]) {
        return false;
      }
    }
    return true;
  }

  AdamWGroup group() {
    return group;
  }

  Iterable<Node> nodes() {
    return places.keySet();
  }

  /** Where the gradient of one of the steps belongs, in a shape of as many elements. */
  View gradient(Node node, Shape shape) {
    return View.dense(gradients, places.getOrDefault(node, 0L), shape);
  }

  /** All gradients, padding included. */
  View gradients() {
    return View.dense(gradients, 0, flat());
  }

  /** All parameters (0), first moments (1) or second moments (2), padding included. */
  View states(StateLayout layout, int which) {
    return View.dense(layout.block(), starts[which], flat());
  }

  private Shape flat() {
    return Shape.of(Math.toIntExact(size));
  }
}
