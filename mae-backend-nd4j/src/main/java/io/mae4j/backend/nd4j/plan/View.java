package io.mae4j.backend.nd4j.plan;

import io.mae4j.api.graph.Shape;
import java.util.Arrays;

/** Elements of a block seen as a tensor: where they start and how far apart they lie. Immutable. */
public final class View {
  private final Block block;
  private final long offset;
  private final Shape shape;
  private final long[] strides;

  private View(Block block, long offset, Shape shape, long[] strides) {
    this.block = block;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }

  /** Consecutive elements of a block in row-major order. */
  public static View dense(Block block, long offset, Shape shape) {
    return new View(block, offset, shape, rowMajor(shape));
  }

  private static long[] rowMajor(Shape shape) {
    long[] strides = new long[shape.rank()];
    long stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape.dim(axis);
    }
    return strides;
  }

  /** The block it lies in. */
  public Block block() {
    return block;
  }

  /** Where it starts in its block, in elements. */
  public long offset() {
    return offset;
  }

  /** Its extents. */
  public Shape shape() {
    return shape;
  }

  /** How many elements it has. */
  public long size() {
    return shape.size();
  }

  /** How far apart neighbours along each axis lie, in elements; a fresh array. */
  public long[] strides() {
    return strides.clone();
  }

  /** Whether its elements follow each other in row-major order. */
  public boolean isDense() {
    long[] dense = rowMajor(shape);
    for (int axis = 0; axis < dense.length; axis++) {
      if (shape.dim(axis) > 1 && strides[axis] != dense[axis]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same elements under another shape.
   *
   * @throws IllegalArgumentException if it is not dense or the sizes differ
   */
  public View reshape(int... dims) {
    return reshape(Shape.of(dims));
  }

  /**
   * The same elements under another shape.
   *
   * @throws IllegalArgumentException if it is not dense or the sizes differ
   */
  public View reshape(Shape other) {
    if (!isDense() || other.size() != shape.size()) {
      throw new IllegalArgumentException("cannot see " + this + " as " + other);
    }
    return dense(block, offset, other);
  }

  /** All elements in one axis. */
  public View flat() {
    return reshape(Math.toIntExact(size()));
  }

  /** The elements as rows of the last axis, [rows, D]; one row of one element for a scalar. */
  public View rows() {
    int width = shape.rank() == 0 ? 1 : shape.dim(-1);
    return reshape(Math.toIntExact(size() / width), width);
  }

  /** Consecutive entries along an axis. */
  public View slice(int axis, int from, int extent) {
    return new View(block, offset + from * strides[axis], shape.with(axis, extent), strides);
  }

  /** The axes in another order. */
  public View permute(int... order) {
    int[] dims = new int[order.length];
    long[] moved = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      dims[i] = shape.dim(order[i]);
      moved[i] = strides[order[i]];
    }
    return new View(block, offset, Shape.of(dims), moved);
  }

  /** The last axis cut into two: [..., D] as [..., parts, D / parts]. */
  public View cutLast(int parts) {
    int rank = shape.rank();
    int[] dims = Arrays.copyOf(shape.dims(), rank + 1);
    long[] cut = Arrays.copyOf(strides, rank + 1);
    int width = shape.dim(-1) / parts;
    dims[rank - 1] = parts;
    dims[rank] = width;
    cut[rank] = strides[rank - 1];
    cut[rank - 1] = strides[rank - 1] * width;
    return new View(block, offset, Shape.of(dims), cut);
  }

  /** Whether both see the same elements in the same order of axes. */
  public boolean sees(View other) {
    return block == other.block
        && offset == other.offset
        && shape.equals(other.shape)
        && Arrays.equals(strides, other.strides);
  }

  @Override
  public String toString() {
    return block + "+" + offset + " " + shape + " strides " + Arrays.toString(strides);
  }
}
