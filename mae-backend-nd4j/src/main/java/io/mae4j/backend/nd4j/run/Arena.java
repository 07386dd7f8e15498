package io.mae4j.backend.nd4j.run;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One native allocation, zero until written, that begins at a cache line: kernels take other paths,
 * and so round otherwise, for operands that begin elsewhere.
 */
final class Arena implements AutoCloseable {
  private static final int LINE = 64;
  private static final int ELEMENT = 4;

  private final INDArray memory;
  private final long base;

  /** Allocates. Elements have four bytes. */
  Arena(DataType type, long size) {
    this.memory = Nd4j.create(type, bytes(size) / ELEMENT);
    long misaligned = memory.data().address() % LINE;
    this.base = misaligned == 0 ? 0 : (LINE - misaligned) / ELEMENT;
  }

  /** Bytes that so many elements take. */
  static long bytes(long size) {
    return ELEMENT * size + LINE;
  }

  /** Elements of the arena as an ND4J array that shares the memory. */
  INDArray view(long offset, long[] shape, long[] strides) {
    return Nd4j.create(memory.data(), shape, strides, base + offset, 'c');
  }

  void put(long offset, float[] values) {
    floats(offset).put(values, 0, values.length);
  }

  void get(long offset, float[] values) {
    floats(offset).get(values, 0, values.length);
  }

  void put(long offset, int[] values) {
    at(new IntPointer(memory.data().addressPointer()), offset).put(values, 0, values.length);
  }

  private FloatPointer floats(long offset) {
    return at(new FloatPointer(memory.data().addressPointer()), offset);
  }

  private <P extends Pointer> P at(P pointer, long offset) {
    pointer.position(base + offset);
    return pointer;
  }

  @Override
  public void close() {
    memory.close();
  }
}
