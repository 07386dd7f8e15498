package io.mae4j.backend.nd4j.run;

import io.mae4j.api.graph.DType;
import io.mae4j.backend.nd4j.lower.StateLayout;
import io.mae4j.backend.nd4j.plan.Block;
import io.mae4j.backend.nd4j.plan.GraphPlan;
import io.mae4j.backend.nd4j.plan.Instruction;
import io.mae4j.backend.nd4j.plan.MemoryPlan;
import io.mae4j.backend.nd4j.plan.Phases;
import io.mae4j.backend.nd4j.plan.View;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where the blocks of a program's graphs lie: states, then what is resident, then the workspace,
 * which the graphs share since only one of them runs at a time.
 */
public final class MemoryLayout {
  private final Map<Block, Long> offsets = new HashMap<>();
  private final long floats;
  private final long ints;

  private MemoryLayout(StateLayout states, Collection<GraphPlan> graphs) {
    offsets.put(states.block(), 0L);
    long floatEnd = MemoryPlan.align(states.block().size());
    long intEnd = 0;
    for (Block block : resident(graphs)) {
      if (block.dtype() == DType.INT32) {
        offsets.put(block, intEnd);
        intEnd += MemoryPlan.align(block.size());
      } else {
        offsets.put(block, floatEnd);
        floatEnd += MemoryPlan.align(block.size());
      }
    }
    long workspace = 0;
    for (GraphPlan graph : graphs) {
      workspace = Math.max(workspace, placeWorkspace(graph, floatEnd));
    }
    this.floats = floatEnd + workspace;
    this.ints = intEnd;
  }

  /** Places all blocks of a program's graphs. */
  public static MemoryLayout of(StateLayout states, Collection<GraphPlan> graphs) {
    return new MemoryLayout(states, graphs);
  }

  /** Elements of single precision. */
  long floats() {
    return floats;
  }

  /** Elements of 32-bit integers. */
  long ints() {
    return ints;
  }

  /** Bytes of everything. */
  public long bytes() {
    return Arena.bytes(floats) + Arena.bytes(ints);
  }

  private static Set<Block> resident(Collection<GraphPlan> graphs) {
    Set<Block> blocks = new LinkedHashSet<>();
    for (GraphPlan graph : graphs) {
      graph.inputs().values().forEach(view -> blocks.add(view.block()));
      graph.constants().forEach(constant -> blocks.add(constant.to().block()));
      graph.rowIndices().forEach(index -> blocks.add(index.rows().block()));
      phases(graph)
          .all()
          .forEach(instruction -> views(instruction).forEach(view -> blocks.add(view.block())));
    }
    blocks.removeIf(block -> block.home() != Block.Home.RESIDENT);
    return blocks;
  }

  private static Phases phases(GraphPlan graph) {
    return graph.compute().then(graph.commit());
  }

  private static List<View> views(Instruction instruction) {
    List<View> views = new ArrayList<>(instruction.reads());
    views.addAll(instruction.writes());
    return views;
  }

  private long placeWorkspace(GraphPlan graph, long start) {
    Phases phases = phases(graph);
    Set<Block> kept = new HashSet<>();
    graph.outputs().values().forEach(view -> kept.add(view.block()));
    MemoryPlan plan = MemoryPlan.of(phases, kept);
    for (Instruction instruction : phases.all()) {
      for (View view : views(instruction)) {
        Block block = view.block();
        if (block.home() == Block.Home.WORKSPACE) {
          offsets.put(block, start + plan.offset(block));
        }
      }
    }
    return plan.size();
  }

  /** Where a view begins, in elements. */
  long offset(View view) {
    return Objects.requireNonNull(offsets.get(view.block()), () -> "no place for " + view)
        + view.offset();
  }
}
