package io.mae4j.cli.run;

import java.util.Arrays;
import java.util.Collection;

/**
 * Ordered measurements.
 *
 * @param ascending the measurements, the smallest first
 */
record Percentiles(double[] ascending) {

  /** Of at least one measurement. */
  static Percentiles of(Collection<? extends Number> values) {
    double[] all = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    if (all.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    return new Percentiles(all);
  }

  /** The middle one; of an even number the mean of the two in the middle. */
  double median() {
    return (ascending[(ascending.length - 1) / 2] + ascending[ascending.length / 2]) / 2;
  }

  /**
   * The measurement that a share of all does not exceed (nearest rank).
   *
   * @param share above 0, at most 1
   */
  double at(double share) {
    int rank = (int) Math.ceil(share * ascending.length);
    return ascending[Math.max(0, Math.min(ascending.length, rank) - 1)];
  }

  double mean() {
    return Arrays.stream(ascending).average().orElseThrow();
  }
}
