package io.mae4j.backend.nd4j.run;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The native memory of a compiled program: states, then what is resident, then the workspace, which
 * the graphs share since only one of them runs at a time. Everything is allocated here, once.
 */
public final class Memory implements AutoCloseable {
  private final Map<Block, Long> offsets = new HashMap<>();
  private final Arena floats;
  private final Arena ints;

  /** Places all blocks of a program's graphs and allocates them. */
  public Memory(StateLayout states, Collection<GraphPlan> graphs) {
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
    this.floats = new Arena(DataType.FLOAT, floatEnd + workspace);
    this.ints = new Arena(DataType.INT32, intEnd);
    for (GraphPlan graph : graphs) {
      graph.constants().forEach(constant -> put(constant.to(), constant.values()));
    }
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

  private long offset(View view) {
    return Objects.requireNonNull(offsets.get(view.block()), () -> "no place for " + view)
        + view.offset();
  }

  /** The view as an ND4J array; a scalar has one axis. */
  INDArray array(View view) {
    boolean scalar = view.shape().rank() == 0;
    Shape shape = scalar ? Shape.of(1) : view.shape();
    long[] dims = new long[shape.rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = shape.dim(axis);
    }
    Arena arena = view.block().dtype() == DType.INT32 ? ints : floats;
    return arena.view(offset(view), dims, scalar ? new long[] {1} : view.strides());
  }

  /** Copies values into a dense view. */
  public void put(View view, float[] values) {
    floats.put(offset(view), values);
  }

  void put(View view, int[] values) {
    ints.put(offset(view), values);
  }

  /** Copies a dense view to the host. */
  public float[] get(View view) {
    float[] values = new float[Math.toIntExact(view.size())];
    floats.get(offset(view), values);
    return values;
  }

  @Override
  public void close() {
    floats.close();
    ints.close();
  }
}
