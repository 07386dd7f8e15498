package io.mae4j.core.checkpoint;

import io.mae4j.api.graph.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of a safetensors file.
 *
 * @param tensors arrays by name, in the file's order
 * @param metadata free text by name
 */
public record Safetensors(Map<String, Array> tensors, Map<String, String> metadata) {

  /** Copies the maps, keeping their order. */
  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
