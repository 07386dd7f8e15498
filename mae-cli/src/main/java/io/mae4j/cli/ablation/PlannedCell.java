package io.mae4j.cli.ablation;

import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.run.RunFolder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One training of an ablation.
 *
 * @param setting the value of each axis by the axis's name
 * @param seed its seed
 * @param folder its run
 * @param config what it is told
 */
public record PlannedCell(
    Map<String, String> setting, long seed, RunFolder folder, RunConfig config) {

  /** Copies the map, keeping its order. */
  public PlannedCell {
    setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
  }

  /** What it is, in words. */
  public String label() {
    return setting.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue() + ", ")
        .collect(Collectors.joining("", "", "seed " + seed));
  }

  /** The name of the folder of a setting and a seed. */
  static String folderName(Map<String, String> setting, long seed) {
    return setting.entrySet().stream()
        .map(entry -> entry.getKey() + "-" + entry.getValue())
        .map(text -> text.replaceAll("[^A-Za-z0-9.+-]+", "-") + "_")
        .collect(Collectors.joining("", "", "seed-" + seed));
  }
}
