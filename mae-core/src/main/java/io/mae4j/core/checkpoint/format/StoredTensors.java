package io.mae4j.core.checkpoint.format;

import io.mae4j.api.graph.Array;
import java.util.Map;

/**
 * What a file holds, whatever it means.
 *
 * @param container how it is stored, for people
 * @param tensors under the file's own names, in its order
 * @param facts what else it says, by name: a config.json, or a run's arguments
 */
public record StoredTensors(
    String container, Map<String, Array> tensors, Map<String, Object> facts) {}
