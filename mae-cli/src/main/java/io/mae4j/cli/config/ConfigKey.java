package io.mae4j.cli.config;

import java.util.function.Function;

/**
 * Something a run can be told. Its name is at once the key in files, the argument of {@code --set}
 * and the long option.
 *
 * @param name kebab-case, the official script's name where it has one
 * @param section where it belongs
 * @param type how it is written
 * @param initial what holds when nothing is said
 * @param description a sentence for help and reference, without the default
 * @param reader takes its value out of a configuration
 * @param <T> the Java type
 */
public record ConfigKey<T>(
    String name,
    Section section,
    ValueType<T> type,
    T initial,
    String description,
    Function<RunConfig, T> reader) {

  /** The long option. */
  public String option() {
    return "--" + name;
  }

  /** Its value in a configuration, as files hold it; empty where nothing is set. */
  public String print(RunConfig config) {
    return type.printer().apply(reader.apply(config));
  }

  /** Its default, as files hold it; empty where there is none. */
  public String printInitial() {
    return type.printer().apply(initial);
  }

  @Override
  public String toString() {
    return name;
  }
}
