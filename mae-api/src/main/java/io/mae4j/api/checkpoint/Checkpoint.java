package io.mae4j.api.checkpoint;

import io.mae4j.api.graph.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything a run needs to go on, and what others need to use its result.
 *
 * @param model the model's values under their official names, in order
 * @param optimizer the optimizer's values, in order: {@code exp_avg.NAME} and {@code
 *     exp_avg_sq.NAME}; empty in an export
 * @param config what the run was told, as a tree of maps, lists, strings, numbers and booleans
 * @param progress how far it is
 * @param provenance where it comes from: data fingerprint, seed, versions, engine
 */
public record Checkpoint(
    Map<String, Array> model,
    Map<String, Array> optimizer,
    Map<String, Object> config,
    Progress progress,
    Map<String, String> provenance) {

  /** Copies the maps, keeping their order. */
  public Checkpoint {
    model = Collections.unmodifiableMap(new LinkedHashMap<>(model));
    optimizer = Collections.unmodifiableMap(new LinkedHashMap<>(optimizer));
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }
}
