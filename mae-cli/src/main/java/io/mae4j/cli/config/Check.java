package io.mae4j.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a section, so that its constructor reports everything at once. */
final class Check {
  private final List<InvalidSectionException.Violation> violations = new ArrayList<>();

  Check that(boolean holds, String key, String rule, Object actual) {
    if (!holds) {
      violations.add(new InvalidSectionException.Violation(key, rule + ", got " + actual));
    }
    return this;
  }

  Check atLeast(int least, String key, Optional<Integer> value) {
    value.ifPresent(actual -> that(actual >= least, key, "must be at least " + least, actual));
    return this;
  }

  Check atLeast(int least, String key, int value) {
    return that(value >= least, key, "must be at least " + least, value);
  }

  Check notNegative(String key, double value) {
    return that(value >= 0, key, "must not be negative", value);
  }

  void done() {
    if (!violations.isEmpty()) {
      throw new InvalidSectionException(violations);
    }
  }
}
