package io.mae4j.backend.nd4j.plan;

import java.util.List;

/** One step of a run. */
public sealed interface Instruction permits Kernel, Transform, AdamWFactors {

  /** What it reads. */
  List<View> reads();

  /** What it writes. */
  List<View> writes();
}
