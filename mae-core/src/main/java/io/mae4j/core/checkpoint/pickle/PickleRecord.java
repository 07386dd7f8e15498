package io.mae4j.core.checkpoint.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An object of Python that is nothing but its attributes. */
public final class PickleRecord {
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  /** One without attributes. */
  public PickleRecord() {}

  /** Its attributes by name. */
  public Map<String, Object> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  void set(Map<?, ?> state) {
    state.forEach((name, value) -> attributes.put(String.valueOf(name), value));
  }
}
