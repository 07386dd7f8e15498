package io.mae4j.core.infer;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Values by name, taken out of larger maps. */
final class ModelValues {
  private ModelValues() {}

  static Map<String, Array> select(Map<String, Array> values, Set<String> names) {
    Map<String, Array> selected = new LinkedHashMap<>();
    for (String name : names) {
      Array value = values.get(name);
      if (value == null) {
        throw MaeException.data("the model's '" + name + "' is missing in the checkpoint");
      }
      selected.put(name, value);
    }
    return selected;
  }

  static Array output(Map<String, Array> outputs, String name) {
    Array array = outputs.get(name);
    if (array == null) {
      throw MaeException.internal("the engine did not return '" + name + "'");
    }
    return array;
  }
}
