package io.mae4j.backend.djl.script;

import java.util.List;

/**
 * What is known of how a tensor lies in memory. Some kernels of libtorch read the memory of their
 * operands without a look at the strides and so compute nonsense from a strided one, silently;
 * others demand a dense last axis.
 */
enum Layout {
  /** Row-major without gaps. */
  DENSE,
  /** Elements of the last axis are neighbours. */
  ROWS,
  /** Nothing. */
  ANY;

  /** The layout of an elementwise result: libtorch gives it the order of the operands' axes. */
  static Layout ofElementwise(List<Layout> operands) {
    return operands.stream().allMatch(DENSE::equals) ? DENSE : ANY;
  }
}
