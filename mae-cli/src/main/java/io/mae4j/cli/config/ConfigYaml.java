package io.mae4j.cli.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes configurations. */
public final class ConfigYaml {
  private static final String PLAIN = "[A-Za-z0-9./][A-Za-z0-9./_+-]*";

  private ConfigYaml() {}

  /**
   * A file that gives the configuration back: every key under the heading of its section, unset
   * ones commented out.
   */
  public static String write(RunConfig config) {
    StringBuilder text = new StringBuilder();
    for (Section section : Section.values()) {
      text.append(text.isEmpty() ? "" : "\n").append("# ").append(section.title()).append('\n');
      for (ConfigKey<?> key : ConfigKeys.of(section)) {
        String value = key.print(config);
        text.append(value.isEmpty() ? "# " + key.name() + ":" : key.name() + ": " + quote(value))
            .append('\n');
      }
    }
    return text.toString();
  }

  /**
   * What decides the result of a run, as text by key, for checkpoints: not where it is written, nor
   * how many threads prepare its images.
   */
  public static Map<String, Object> tree(RunConfig config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String value = key.print(config);
      if (!value.isEmpty()
          && key.section() != Section.OUTPUT
          && !key.equals(ConfigKeys.NUM_WORKERS)) {
        tree.put(key.name(), value);
      }
    }
    return tree;
  }

  private static String quote(String value) {
    return value.matches(PLAIN) ? value : "'" + value.replace("'", "''") + "'";
  }
}
