package io.mae4j.eval.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pieces of a page. Every text that goes through here is escaped; tags are written by the caller.
 */
final class Html {
  private final StringBuilder text = new StringBuilder();

  /**
   * A text as it may stand in an element or in a quoted attribute; control characters become
   * replacement signs.
   */
  static String escape(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length());
    plain.codePoints().forEach(c -> escaped.append(escape(c)));
    return escaped.toString();
  }

  private static String escape(int character) {
    return switch (character) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      case '\'' -> "&#39;";
      case '\n', '\t' -> Character.toString(character);
      default ->
          Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
              ? "\ufffd"
              : Character.toString(character);
    };
  }

  /** Appends markup as it is. */
  Html markup(String markup) {
    text.append(markup);
    return this;
  }

  /** Appends an element that holds a text. */
  Html element(String tag, String plain) {
    return markup("<" + tag + ">")
        .markup(escape(plain))
        .markup("</" + tag.split(" ", -1)[0] + ">\n");
  }

  /** Appends a table of names and values. */
  Html pairs(Map<String, String> pairs) {
    markup("<table class=\"pairs\">\n");
    pairs.forEach(
        (name, value) ->
            markup("<tr>")
                .element("th scope=\"row\"", name)
                .element("td", value)
                .markup("</tr>\n"));
    return markup("</table>\n");
  }

  /** A tree of maps as names with dots and their values, in order. */
  static Map<String, String> flat(Map<?, ?> tree) {
    Map<String, String> flat = new LinkedHashMap<>();
    flatten("", tree, flat);
    return flat;
  }

  private static void flatten(String prefix, Map<?, ?> tree, Map<String, String> flat) {
    tree.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> branch) {
            flatten(prefix + key + ".", branch, flat);
          } else if (value instanceof List<?> list) {
            flat.put(prefix + key, String.join(", ", list.stream().map(String::valueOf).toList()));
          } else {
            flat.put(prefix + key, String.valueOf(value));
          }
        });
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
