package io.mae4j.eval.ablation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One finished training.
 *
 * @param setting the value of each axis by the axis's name
 * @param seed its seed
 * @param values what was measured, by the measure's name
 */
public record AblationCell(Map<String, String> setting, long seed, Map<String, Double> values) {

  /** Copies the maps, keeping their order. */
  public AblationCell {
    setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
