package io.mae4j.backend.nd4j.plan;

import io.mae4j.api.graph.DType;

/** A stretch of native memory that gets its place later. Identity counts. */
public final class Block {
  private final Home home;
  private final DType dtype;
  private final long size;

  /** How long a block keeps its memory. */
  public enum Home {
    /** Between its first and its last use in a run; then others use the memory. */
    WORKSPACE,
    /** As long as the compiled program: inputs, constants, gradients of all parameters. */
    RESIDENT,
    /** The states of the program, shared by its graphs. */
    STATE
  }

  /**
   * A block.
   *
   * @param home how long it lives
   * @param dtype what it holds, {@link DType#FLOAT32} or {@link DType#INT32}
   * @param size how many elements
   */
  public Block(Home home, DType dtype, long size) {
    this.home = home;
    this.dtype = dtype;
    this.size = size;
  }

  /** How long it lives. */
  public Home home() {
    return home;
  }

  /** What it holds. */
  public DType dtype() {
    return dtype;
  }

  /** How many elements it has. */
  public long size() {
    return size;
  }

  @Override
  public String toString() {
    return home + " " + dtype + " " + size;
  }
}
