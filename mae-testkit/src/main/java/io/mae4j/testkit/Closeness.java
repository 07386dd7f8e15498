package io.mae4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mae4j.api.graph.Array;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * How close a result must lie to the reference.
 *
 * @param relative the allowed error relative to the scale
 * @param scale what the error is relative to where it is above the largest element of the
 *     reference; 0 otherwise
 */
record Closeness(double relative, double scale) {
  static final Closeness EXACT = new Closeness(0, 0);

  /** Fails unless there is exactly what was asked for, each result as close as it says. */
  static void check(
      String what,
      Map<String, Array> actual,
      Map<String, Array> expected,
      Map<String, Closeness> wanted) {
    assertThat(actual.keySet()).as("fetched outputs of %s", what).isEqualTo(wanted.keySet());
    wanted.forEach(
        (output, closeness) ->
            closeness.check(what + ": " + output, get(actual, output), get(expected, output)));
  }

  private static Array get(Map<String, Array> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** Fails unless each element is close and neither shape nor type differ from what is promised. */
  void check(String what, Array actual, Array expected) {
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    assertThat(actual.dtype().isFloating()).as("%s is real-valued, got %s", what, actual).isTrue();
    double[] found = actual.toDoubles();
    double[] wanted = expected.toDoubles();
    double largest =
        Math.max(
            scale, Arrays.stream(wanted).map(Math::abs).filter(Double::isFinite).max().orElse(0));
    for (int i = 0; i < wanted.length; i++) {
      boolean close =
          Double.compare(found[i], wanted[i]) == 0
              || Math.abs(found[i] - wanted[i]) <= relative * largest;
      if (!close) {
        fail(
            "%s %s, element %d: expected %s, found %s; the difference is %.3g, allowed is %.3g of"
                + " the largest, %.6g",
            what,
            actual.shape(),
            i,
            wanted[i],
            found[i],
            Math.abs(found[i] - wanted[i]),
            relative,
            largest);
      }
    }
  }
}
