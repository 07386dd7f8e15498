package io.mae4j.cli.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes configurations. */
public final class ConfigYaml {
  private static final String PLAIN = "[A-Za-z0-9./][A-Za-z0-9./_+-]*";

  private ConfigYaml() {}

  /**
   * A file that gives the configuration of a pre-training back: every key under the heading of its
   * section, unset ones commented out.
   */
  public static String write(RunConfig config) {
    return write(config, ConfigKeys.PRETRAINING);
  }

  /** The same for some keys. */
  public static String write(RunConfig config, List<ConfigKey<?>> keys) {
    StringBuilder text = new StringBuilder();
    for (Section section : Section.values()) {
      List<ConfigKey<?>> own = keys.stream().filter(key -> key.section() == section).toList();
      if (own.isEmpty()) {
        continue;
      }
      text.append(text.isEmpty() ? "" : "\n").append("# ").append(section.title()).append('\n');
      for (ConfigKey<?> key : own) {
        String value = key.print(config);
        text.append(
                isLeftOut(key, value) ? "# " + key.name() + ":" : key.name() + ": " + quote(value))
            .append('\n');
      }
    }
    return text.toString();
  }

  /**
   * What decides the result of a pre-training, as text by key, for checkpoints: not where it is
   * written, nor how many threads prepare its images.
   */
  public static Map<String, Object> tree(RunConfig config) {
    return tree(config, ConfigKeys.PRETRAINING);
  }

  /** The same for some keys. */
  public static Map<String, Object> tree(RunConfig config, List<ConfigKey<?>> keys) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (ConfigKey<?> key : keys) {
      String value = key.print(config);
      if (!isLeftOut(key, value)
          && key.section() != Section.OUTPUT
          && !key.equals(ConfigKeys.NUM_WORKERS)) {
        tree.put(key.name(), value);
      }
    }
    return tree;
  }

  /** Nothing is said about it; where there is a default, nothing is something to say. */
  private static boolean isLeftOut(ConfigKey<?> key, String value) {
    return value.isEmpty() && key.printInitial().isEmpty();
  }

  private static String quote(String value) {
    return value.matches(PLAIN) ? value : "'" + value.replace("'", "''") + "'";
  }
}
