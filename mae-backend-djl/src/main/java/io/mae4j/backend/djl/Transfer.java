package io.mae4j.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A place in direct memory through which host arrays of one type reach native memory, again and
 * again. Reusing it keeps the process's memory flat, since direct memory is only given back by the
 * garbage collector.
 */
final class Transfer {
  /**
   * Cache lines: kernels take other paths, and so round otherwise, for operands that begin
   * elsewhere.
   */
  private static final int ALIGNMENT = 64;

  private final TensorType type;
  private final ByteBuffer buffer;

  /** Makes room for arrays of a type. */
  Transfer(TensorType type) {
    this.type = type;
    int bytes = Math.toIntExact(type.shape().size() * type.dtype().bytes());
    this.buffer =
        ByteBuffer.allocateDirect(bytes + 2 * ALIGNMENT)
            .alignedSlice(ALIGNMENT)
            .limit(bytes)
            .slice()
            .order(ByteOrder.nativeOrder());
  }

  /**
   * A native array with the values of a host array, valid until the next call: on a CPU it lies in
   * this place.
   *
   * @param manager owns the native array
   */
  NDArray upload(NDManager manager, Array value) {
    if (type.dtype() == DType.INT32) {
      buffer.asIntBuffer().put(value.ints());
    } else {
      buffer.asFloatBuffer().put(value.toFloats());
    }
    return manager.create(
        buffer,
        shape(type.shape()),
        type.dtype() == DType.INT32 ? DataType.INT32 : DataType.FLOAT32);
  }

  /** Copies a native array to the host. */
  static Array download(NDArray array, Shape shape) {
    return Array.of(shape, array.toFloatArray());
  }

  /** DJL's form of a shape. */
  static ai.djl.ndarray.types.Shape shape(Shape shape) {
    return new ai.djl.ndarray.types.Shape(Arrays.stream(shape.dims()).asLongStream().toArray());
  }
}
