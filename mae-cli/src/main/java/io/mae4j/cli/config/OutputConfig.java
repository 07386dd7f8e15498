package io.mae4j.cli.config;

import java.util.Optional;

/**
 * What a run leaves.
 *
 * @param out the run's folder; a new one below {@code runs} unless given
 * @param logEvery steps between two lines of metrics; every step when steps are limited, every
 *     tenth otherwise, unless given
 * @param saveEvery steps between two checkpoints; every epoch, and every few minutes in long ones,
 *     unless given
 */
public record OutputConfig(
    Optional<String> out, Optional<Integer> logEvery, Optional<Integer> saveEvery) {

  /** Checks the numbers. */
  public OutputConfig {
    new Check().atLeast(1, "log-every", logEvery).atLeast(1, "save-every", saveEvery).done();
  }
}
