package io.mae4j.backend.nd4j.run;

/** An instruction bound to memory. */
@FunctionalInterface
interface Step {
  void run();
}
