package io.mae4j.cli.ablation;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All trainings of an ablation.
 *
 * @param out the folder of their folders
 * @param base what all of them are told
 * @param axes what is varied
 * @param cells the product of axes and seeds: first all settings with the first seed
 */
public record AblationPlan(
    Path out, RunConfig base, List<AblationAxis> axes, List<PlannedCell> cells) {

  /**
   * Plans the product of axes and seeds.
   *
   * @param settings what all trainings are told, overlaid anew at each call
   * @throws MaeException of kind USER that lists everything that is wrong with any of them
   */
  public static AblationPlan of(
      Path out, Supplier<ConfigLoader> settings, List<AblationAxis> axes, List<Long> seeds) {
    checkKeys(axes);
    RunConfig base = settings.get().load();
    List<Map<String, String>> product = List.of(Map.of());
    for (AblationAxis axis : axes) {
      product = times(product, axis);
    }
    Set<String> problems = new LinkedHashSet<>();
    Set<String> folders = new HashSet<>();
    List<PlannedCell> cells = new ArrayList<>();
    for (long seed : seeds) {
      for (Map<String, String> setting : product) {
        String name = PlannedCell.folderName(setting, seed);
        if (!folders.add(name)) {
          problems.add("two settings would share the folder " + name);
        }
        RunFolder folder = new RunFolder(out.resolve(name));
        try {
          cells.add(
              new PlannedCell(
                  setting, seed, folder, config(settings.get(), axes, setting, seed, folder)));
        } catch (MaeException e) {
          if (e.kind() != ErrorKind.USER) {
            throw e;
          }
          problems.add(e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw MaeException.user(String.join("\n", problems));
    }
    return new AblationPlan(out, base, List.copyOf(axes), List.copyOf(cells));
  }

  private static void checkKeys(List<AblationAxis> axes) {
    Set<String> keys = new HashSet<>();
    for (AblationAxis axis : axes) {
      Set<String> own = new LinkedHashSet<>();
      axis.values().forEach(value -> own.addAll(axis.settings(value).keySet()));
      for (String key : own) {
        if (!keys.add(key)) {
          throw MaeException.user("'" + key + "' is varied by two axes");
        }
      }
    }
  }

  private static List<Map<String, String>> times(
      List<Map<String, String>> settings, AblationAxis axis) {
    List<Map<String, String>> product = new ArrayList<>();
    for (Map<String, String> setting : settings) {
      for (String value : axis.values()) {
        Map<String, String> extended = new LinkedHashMap<>(setting);
        extended.put(axis.name(), value);
        product.add(extended);
      }
    }
    return product;
  }

  private static RunConfig config(
      ConfigLoader loader,
      List<AblationAxis> axes,
      Map<String, String> setting,
      long seed,
      RunFolder folder) {
    Map<String, Object> own = new LinkedHashMap<>();
    for (AblationAxis axis : axes) {
      own.putAll(axis.settings(setting.getOrDefault(axis.name(), "")));
    }
    own.put("seed", seed);
    own.put("out", folder.path());
    return loader.tree("--axis", own).load();
  }

  /** The names of what is varied. */
  public List<String> axisNames() {
    return axes.stream().map(AblationAxis::name).toList();
  }
}
