package io.mae4j.api.model;

import io.mae4j.api.random.Draws;

/** How a parameter gets its first value. */
@FunctionalInterface
public interface Initializer {

  /**
   * Fills a parameter.
   *
   * @param values its elements in row-major order, zero on entry
   * @param random the source of randomness, one for each parameter
   */
  void fill(float[] values, Draws random);
}
