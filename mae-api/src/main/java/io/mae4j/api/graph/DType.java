package io.mae4j.api.graph;

/** The element types of tensors and arrays. */
public enum DType {
  /** 32-bit IEEE floating point: the type of every real-valued tensor of a graph. */
  FLOAT32(4),
  /**
   * 64-bit IEEE floating point: host arrays only; what the reference interpreter computes in and
   * returns.
   */
  FLOAT64(8),
  /** 32-bit signed integer: indices. */
  INT32(4);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are real numbers. */
  public boolean isFloating() {
    return this != INT32;
  }
}
