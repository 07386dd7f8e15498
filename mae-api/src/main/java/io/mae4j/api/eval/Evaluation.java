package io.mae4j.api.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an evaluator found.
 *
 * @param accuracy top-1 accuracy in percent of the test images
 * @param settings what was used, for the table and for repeating it, for example {@code k = 20}
 */
public record Evaluation(double accuracy, Map<String, String> settings) {

  /** Copies the settings, keeping their order. */
  public Evaluation {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
