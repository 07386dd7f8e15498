package io.mae4j.api.graph;

import java.util.Arrays;

/** The extents of a tensor or array, outermost first; an empty shape is a scalar. Immutable. */
public final class Shape {
  private final int[] dims;

  private Shape(int[] dims) {
    this.dims = dims;
  }

  /**
   * A shape of these extents.
   *
   * @throws IllegalArgumentException if an extent is below 1
   */
  public static Shape of(int... dims) {
    for (int dim : dims) {
      if (dim < 1) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dims) + " has an extent below 1");
      }
    }
    return new Shape(dims.clone());
  }

  /** How many axes there are. */
  public int rank() {
    return dims.length;
  }

  /** The extent of an axis; a negative axis counts from the last one (-1). */
  public int dim(int axis) {
    return dims[axis < 0 ? dims.length + axis : axis];
  }

  /** The extents, as a fresh array. */
  public int[] dims() {
    return dims.clone();
  }

  /** How many elements there are. */
  public long size() {
    long size = 1;
    for (int dim : dims) {
      size = Math.multiplyExact(size, dim);
    }
    return size;
  }

  /** This shape with one axis changed; a negative axis counts from the last one. */
  public Shape with(int axis, int extent) {
    int[] copy = dims.clone();
    copy[axis < 0 ? dims.length + axis : axis] = extent;
    return of(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For example {@code [8, 197, 768]}. */
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
