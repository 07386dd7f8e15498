package io.mae4j.backend.nd4j.plan;

import java.util.List;

/**
 * A call of one of ND4J's custom operators.
 *
 * @param op its name there
 * @param reads its inputs
 * @param writes its outputs
 * @param integers its integer arguments
 * @param reals its real arguments
 */
public record Kernel(
    String op, List<View> reads, List<View> writes, List<Long> integers, List<Double> reals)
    implements Instruction {

  /** Copies the lists. */
  public Kernel {
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    integers = List.copyOf(integers);
    reals = List.copyOf(reals);
  }
}
