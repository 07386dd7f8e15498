package io.mae4j.cli.ablation;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.Section;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Something that is varied: a setting, or several that change together.
 *
 * @param name the keys with colons between them
 * @param values a value, or one for each key with colons between them
 */
public record AblationAxis(String name, List<String> values) {
  private static final String MASKING = "masking";
  private static final String MASK_RATIO = "mask-ratio";
  private static final String SEED = "seed";
  private static final String FORM = "expected KEY=VALUE,VALUE,… or KEY:KEY=VALUE:VALUE,…";

  /** Copies the list. */
  public AblationAxis {
    values = List.copyOf(values);
  }

  /**
   * Reads {@code KEY=VALUE,VALUE}, {@code KEY:KEY=VALUE:VALUE,VALUE:VALUE}, or {@code
   * masking=random:0.75,block:0.5}, which gives the mask ratio too.
   *
   * @throws MaeException of kind USER that says what is wrong
   */
  public static AblationAxis parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw wrong(text, FORM);
    }
    AblationAxis axis =
        new AblationAxis(
            text.substring(0, equals).strip(),
            List.of(text.substring(equals + 1).split(",", -1)).stream()
                .map(String::strip)
                .toList());
    for (String name : axis.name.split(":", -1)) {
      ConfigKey<?> key =
          ConfigKeys.find(name).orElseThrow(() -> wrong(text, ConfigKeys.unknown(name)));
      if (name.equals(SEED)) {
        throw wrong(text, "seeds are given by --seeds");
      }
      if (key.section() == Section.OUTPUT) {
        throw wrong(text, name + " does not change what is learnt");
      }
    }
    if (axis.values.contains("")) {
      throw wrong(text, "a value is missing; " + FORM);
    }
    if (new LinkedHashSet<>(axis.values).size() != axis.values.size()) {
      throw wrong(text, "a value is given twice");
    }
    axis.values.forEach(axis::settings);
    return axis;
  }

  private static MaeException wrong(String text, String what) {
    return MaeException.user("--axis " + text + ": " + what);
  }

  /** The text of each key that a value stands for. */
  public Map<String, String> settings(String value) {
    String[] keys = name.split(":", -1);
    String[] parts = value.split(":", -1);
    if (name.equals(MASKING) && parts.length == 2) {
      return pairs(new String[] {MASKING, MASK_RATIO}, parts);
    }
    if (keys.length == 1) {
      return Map.of(name, value);
    }
    if (keys.length != parts.length) {
      throw wrong(
          name + "=" + value, "expected " + keys.length + " values with colons between them");
    }
    return pairs(keys, parts);
  }

  private static Map<String, String> pairs(String[] keys, String... values) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < keys.length; i++) {
      settings.put(keys[i], values[i]);
    }
    return settings;
  }
}
