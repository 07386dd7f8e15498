package io.mae4j.backend.nd4j.run;

import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
import io.mae4j.backend.nd4j.plan.GraphPlan;
import io.mae4j.backend.nd4j.plan.View;
import java.util.Collection;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The native memory of a compiled program, laid out as planned. Everything is allocated here, once.
 */
public final class Memory implements AutoCloseable {
  private final MemoryLayout layout;
  private final Arena floats;
  private final Arena ints;

  /** Allocates the memory of a program's graphs. */
  public Memory(MemoryLayout layout, Collection<GraphPlan> graphs) {
    this.layout = layout;
    this.floats = new Arena(DataType.FLOAT, layout.floats());
    this.ints = new Arena(DataType.INT32, layout.ints());
    for (GraphPlan graph : graphs) {
      graph.constants().forEach(constant -> put(constant.to(), constant.values()));
    }
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
    return arena.view(layout.offset(view), dims, scalar ? new long[] {1} : view.strides());
  }

  /** Copies values into a dense view. */
  public void put(View view, float[] values) {
    floats.put(layout.offset(view), values);
  }

  void put(View view, int[] values) {
    ints.put(layout.offset(view), values);
  }

  /** Copies a dense view to the host. */
  public float[] get(View view) {
    float[] values = new float[Math.toIntExact(view.size())];
    floats.get(layout.offset(view), values);
    return values;
  }

  @Override
  public void close() {
    floats.close();
    ints.close();
  }
}
