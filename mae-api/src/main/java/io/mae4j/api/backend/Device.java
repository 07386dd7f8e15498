package io.mae4j.api.backend;

/**
 * A place where an engine computes.
 *
 * @param name {@code cpu} or {@code gpu:N}
 * @param description what it is, for people
 */
public record Device(String name, String description) {

  /** Whether it computes on the processor, in main memory. */
  public boolean isCpu() {
    return name.equals("cpu");
  }
}
