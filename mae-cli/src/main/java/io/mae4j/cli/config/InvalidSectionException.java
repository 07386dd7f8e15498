package io.mae4j.cli.config;

import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a section of a configuration. */
public final class InvalidSectionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  /**
   * One thing that is wrong.
   *
   * @param key the key at fault
   * @param message what is wrong, to be read after the key
   */
  public record Violation(String key, String message) {}

  InvalidSectionException(List<Violation> violations) {
    super(
        violations.stream()
            .map(violation -> violation.key() + " " + violation.message())
            .collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** What is wrong, in the order of the keys. */
  public List<Violation> violations() {
    return violations;
  }
}
