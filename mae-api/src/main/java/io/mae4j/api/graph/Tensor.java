package io.mae4j.api.graph;

/**
 * A symbolic value of a graph: what a node will compute. Identity counts: two tensors of equal type
 * are still two tensors.
 */
public final class Tensor {
  private final int id;
  private final String name;
  private final TensorType type;

  Tensor(int id, String name, TensorType type) {
    this.id = id;
    this.name = name;
    this.type = type;
  }

  /** Its number, unique in its graph, ascending in the order of evaluation. */
  public int id() {
    return id;
  }

  /** Its name in the words of the model, for messages: the scope and operator it came from. */
  public String name() {
    return name;
  }

  /** Its element type and extents. */
  public TensorType type() {
    return type;
  }

  /** Its extents. */
  public Shape shape() {
    return type.shape();
  }

  /** Its element type. */
  public DType dtype() {
    return type.dtype();
  }

  /** The extent of an axis; a negative axis counts from the last one. */
  public int dim(int axis) {
    return type.shape().dim(axis);
  }

  @Override
  public String toString() {
    return "%" + id + " " + name + " " + type.shape();
  }
}
