package io.mae4j.core.checkpoint.format;

import io.mae4j.api.graph.Array;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AdamW's state as torch numbers it: by the place of a parameter in the optimizer's groups.
 *
 * @param moments for each place the tensors {@code exp_avg} and {@code exp_avg_sq}
 * @param step optimizer steps done
 * @param epochs epochs finished
 */
record RawOptimizer(Map<Integer, Map<String, Array>> moments, long step, int epochs) {

  RawOptimizer {
    moments = Collections.unmodifiableMap(new LinkedHashMap<>(moments));
  }
}
