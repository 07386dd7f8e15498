package io.mae4j.core.train;

import io.mae4j.api.checkpoint.Progress;

/** Hears of a training run, on its thread. */
public interface TrainingListener {

  /** A step ended. */
  default void onStep(StepReport report) {}

  /**
   * An epoch ended.
   *
   * @param progress where the run stands; its epoch counts the finished ones
   */
  default void onEpoch(Progress progress) {}
}
