package io.mae4j.api.graph;

/**
 * What is known of a tensor before it has a value.
 *
 * @param dtype its element type
 * @param shape its extents
 */
public record TensorType(DType dtype, Shape shape) {

  /** A real-valued type of these extents. */
  public static TensorType real(Shape shape) {
    return new TensorType(DType.FLOAT32, shape);
  }

  /** A real-valued type of these extents. */
  public static TensorType real(int... dims) {
    return real(Shape.of(dims));
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
