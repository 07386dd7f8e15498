package io.mae4j.api.graph;

import java.util.Arrays;

/**
 * Concrete data in host memory: a shape and a Java array of its elements in row-major order. The
 * Java array is handed over, not copied: whoever makes an {@code Array} must not write to it
 * afterwards.
 */
public final class Array {
  private final Shape shape;
  private final DType dtype;
  private final Object values;

  private Array(Shape shape, DType dtype, Object values, int length) {
    if (shape.size() != length) {
      throw new IllegalArgumentException(
          "shape " + shape + " holds " + shape.size() + " elements, got " + length);
    }
    this.shape = shape;
    this.dtype = dtype;
    this.values = values;
  }

  /** A {@link DType#FLOAT32} array. */
  public static Array of(Shape shape, float[] values) {
    return new Array(shape, DType.FLOAT32, values, values.length);
  }

  /** A {@link DType#FLOAT64} array. */
  public static Array of(Shape shape, double[] values) {
    return new Array(shape, DType.FLOAT64, values, values.length);
  }

  /** An {@link DType#INT32} array. */
  public static Array of(Shape shape, int[] values) {
    return new Array(shape, DType.INT32, values, values.length);
  }

  /** A {@link DType#FLOAT32} scalar. */
  public static Array scalar(float value) {
    return of(Shape.of(), new float[] {value});
  }

  /** The extents. */
  public Shape shape() {
    return shape;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /**
   * The elements themselves, not a copy.
   *
   * @throws IllegalStateException if the type is not {@link DType#FLOAT32}
   */
  public float[] floats() {
    return (float[]) require(DType.FLOAT32);
  }

  /**
   * The elements themselves, not a copy.
   *
   * @throws IllegalStateException if the type is not {@link DType#FLOAT64}
   */
  public double[] doubles() {
    return (double[]) require(DType.FLOAT64);
  }

  /**
   * The elements themselves, not a copy.
   *
   * @throws IllegalStateException if the type is not {@link DType#INT32}
   */
  public int[] ints() {
    return (int[]) require(DType.INT32);
  }

  /**
   * The elements as {@code float}, rounded to nearest where they were {@code double}; a copy unless
   * they are floats.
   */
  public float[] toFloats() {
    if (values instanceof float[] floats) {
      return floats;
    }
    double[] doubles = toDoubles();
    float[] result = new float[doubles.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) doubles[i];
    }
    return result;
  }

  /** The elements as {@code double}; a copy unless they are doubles. */
  public double[] toDoubles() {
    if (values instanceof double[] doubles) {
      return doubles;
    }
    if (values instanceof int[] ints) {
      return Arrays.stream(ints).asDoubleStream().toArray();
    }
    float[] floats = (float[]) values;
    double[] result = new double[floats.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = floats[i];
    }
    return result;
  }

  /**
   * The value of a scalar (or of any array with one element).
   *
   * @throws IllegalStateException if there is more than one element
   */
  public double item() {
    if (shape.size() != 1) {
      throw new IllegalStateException("array of shape " + shape + " has more than one element");
    }
    return toDoubles()[0];
  }

  private Object require(DType wanted) {
    if (dtype != wanted) {
      throw new IllegalStateException("array holds " + dtype + ", not " + wanted);
    }
    return values;
  }

  /** Type and shape, without the elements. */
  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
