package io.mae4j.cli.console;

import java.util.List;
import java.util.Map;

/** Trees for people: a line for each value, lists of named things as tables. */
public final class TreeText {
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String INDENT = "  ";

  private TreeText() {}

  /** A tree as indented lines. */
  public static String write(Map<String, ?> tree) {
    StringBuilder text = new StringBuilder();
    map(text, tree, "");
    return text.toString().stripTrailing();
  }

  private static void map(StringBuilder text, Map<?, ?> tree, String indent) {
    int width = tree.keySet().stream().mapToInt(key -> label(key).length()).max().orElse(0);
    tree.forEach(
        (key, value) -> {
          String label = label(key);
          if (value instanceof Map<?, ?> map) {
            text.append(indent).append(label).append('\n');
            map(text, map, indent + INDENT);
          } else if (value instanceof List<?> list) {
            text.append(indent).append(label).append(list.isEmpty() ? ": none\n" : "\n");
            list(text, list, indent + INDENT);
          } else {
            text.append(indent)
                .append(label)
                .append(" ".repeat(width - label.length() + INDENT.length()))
                .append(value(value))
                .append('\n');
          }
        });
  }

  private static void list(StringBuilder text, List<?> list, String indent) {
    int width =
        list.stream()
            .mapToInt(
                item -> item instanceof Map<?, ?> map ? String.valueOf(map.get(NAME)).length() : 0)
            .max()
            .orElse(0);
    for (Object item : list) {
      if (item instanceof Map<?, ?> map && map.containsKey(NAME)) {
        String name = String.valueOf(map.get(NAME));
        text.append(indent)
            .append(name)
            .append(" ".repeat(width - name.length() + INDENT.length()))
            .append(map.get(DESCRIPTION))
            .append('\n');
        map.forEach(
            (key, value) -> {
              if (value instanceof List<?> inner) {
                list(text, inner, indent + INDENT);
              } else if (!key.equals(NAME) && !key.equals(DESCRIPTION)) {
                text.append(indent)
                    .append(INDENT)
                    .append(label(key))
                    .append(": ")
                    .append(value)
                    .append('\n');
              }
            });
      } else {
        text.append(indent).append(item).append('\n');
      }
    }
  }

  private static String label(Object key) {
    return String.valueOf(key).replace('_', ' ');
  }

  private static String value(Object value) {
    return value instanceof Number number && (number instanceof Long || number instanceof Integer)
        ? String.format(java.util.Locale.ROOT, "%,d", number)
        : String.valueOf(value);
  }
}
