package io.mae4j.cli.config;

import io.mae4j.api.backend.Precision;
import java.util.Optional;

/**
 * Where it computes.
 *
 * @param engine the engine's name; the only one there is, or djl among several, unless given
 * @param device {@code cpu} or {@code gpu:N}
 * @param threads threads of one operator on a CPU; one for each processor unless given
 * @param precision the arithmetic
 * @param checkpointActivations whether activations of blocks are computed again instead of kept
 */
public record BackendConfig(
    Optional<String> engine,
    String device,
    Optional<Integer> threads,
    Precision precision,
    boolean checkpointActivations) {

  /** Checks the numbers. */
  public BackendConfig {
    new Check()
        .that(device.matches("cpu|gpu:\\d+"), "device", "must be cpu or gpu:NUMBER", device)
        .atLeast(1, "threads", threads)
        .done();
  }
}
