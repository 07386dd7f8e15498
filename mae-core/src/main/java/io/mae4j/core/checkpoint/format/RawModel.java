package io.mae4j.core.checkpoint.format;

import io.mae4j.api.graph.Array;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file's content before anybody asks what it means.
 *
 * @param path the file, for messages
 * @param container how it is stored, for people
 * @param tensors under the file's own names
 * @param facts what else it says, by name: a config.json, or a run's arguments
 * @param optimizer the optimizer's state, where it was asked for and is there
 */
record RawModel(
    Path path,
    String container,
    Map<String, Array> tensors,
    Map<String, Object> facts,
    Optional<RawOptimizer> optimizer) {

  RawModel {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** A fact that is a whole number. */
  Optional<Integer> number(String name) {
    return facts.get(name) instanceof Number number
            && number.doubleValue() == number.intValue()
            && number.intValue() > 0
        ? Optional.of(number.intValue())
        : Optional.empty();
  }

  /** A fact that is a text. */
  Optional<String> text(String name) {
    return facts.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A fact that is a switch. */
  Optional<Boolean> flag(String name) {
    return facts.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }
}
