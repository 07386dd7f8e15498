package io.mae4j.backend.nd4j.lower;

/**
 * Long vectors in pieces. A chain of elementwise kernels over one piece after the other finds its
 * operands in the second-level cache; over whole vectors each kernel would fetch them from memory.
 */
final class Pieces {
  /** Elements of a piece: half a megabyte in single precision, shared by the cores. */
  static final int SIZE = 1 << 17;

  private Pieces() {}

  /** Something done to a piece. */
  @FunctionalInterface
  interface Action {
    void accept(int from, int count);
  }

  static void forEach(int size, Action action) {
    for (int from = 0; from < size; from += SIZE) {
      action.accept(from, Math.min(SIZE, size - from));
    }
  }
}
