package io.mae4j.cli.config;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Reads a flat YAML mapping, keeping the line of every key. */
final class YamlSettings {

  /** A key with its text; an empty text where nothing is given. */
  record Line(String key, String text, Origin origin) {}

  private final String file;
  private final List<Line> lines = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private YamlSettings(String file) {
    this.file = file;
  }

  static YamlSettings parse(String file, String yaml) {
    YamlSettings settings = new YamlSettings(file);
    try (JsonParser parser =
        new YAMLFactory().createParser(tools.jackson.core.ObjectReadContext.empty(), yaml)) {
      settings.document(parser);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new MaeException(
          ErrorKind.USER,
          Origin.line(file, line)
              .of("not valid YAML: " + e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
    return settings;
  }

  List<Line> lines() {
    return lines;
  }

  List<String> problems() {
    return problems;
  }

  private void document(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      problems.add(file + ": expected lines of the form 'key: value'");
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Origin origin = Origin.line(file, parser.currentTokenLocation().getLineNr());
      JsonToken value = parser.nextToken();
      if (!seen.add(key)) {
        problems.add(origin.of(key) + " is given twice");
      }
      if (value.isStructStart()) {
        parser.skipChildren();
        problems.add(origin.of(key) + " must be a single value; keys are not nested");
      } else {
        lines.add(new Line(key, value == JsonToken.VALUE_NULL ? "" : parser.getString(), origin));
      }
    }
  }
}
