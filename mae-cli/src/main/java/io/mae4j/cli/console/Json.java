package io.mae4j.cli.console;

import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results for machines: trees of maps, lists, strings, numbers and booleans as JSON. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final JsonMapper LINE = JsonMapper.builder().build();

  private Json() {}

  /** A tree on one line. */
  public static String line(Map<String, ?> tree) {
    return LINE.writeValueAsString(tree);
  }

  /** A tree as indented JSON. */
  public static String write(Map<String, ?> tree) {
    return MAPPER.writeValueAsString(tree);
  }
}
