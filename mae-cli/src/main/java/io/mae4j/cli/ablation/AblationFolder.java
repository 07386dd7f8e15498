package io.mae4j.cli.ablation;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.run.RunFolder;
import io.mae4j.cli.run.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of an ablation: the folders of its trainings, what all of them were told, and the
 * results.
 *
 * @param path where it is
 */
public record AblationFolder(Path path) {
  private static final String SEED = "seed";

  /** What trainings and their evaluations read. */
  private static final List<ConfigKey<?>> KEYS =
      Stream.concat(ConfigKeys.PRETRAINING.stream(), ConfigKeys.named("label-fraction").stream())
          .toList();

  /**
   * Makes the folder of a plan, or goes on with one that was made by the same settings.
   *
   * @param lock keeps it from then on
   * @throws MaeException of kind USER if it holds something else, or another process is at it
   */
  static AblationFolder open(AblationPlan plan, RunLock lock) {
    AblationFolder folder = new AblationFolder(plan.out());
    if (Files.exists(folder.settings())) {
      lock.take(folder.path);
      folder.check(plan.base());
      return folder;
    }
    RunFolder made =
        RunFolder.create(folder.path, lock, " and holds no ablation; take another --out");
    made.write(folder.settings(), ConfigYaml.write(plan.base(), KEYS));
    return folder;
  }

  private void check(RunConfig asked) {
    Map<String, Object> before = ConfigYaml.tree(new ConfigLoader().file(settings()).load(), KEYS);
    Map<String, Object> now = ConfigYaml.tree(asked, KEYS);
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    keys.remove(SEED);
    String differences =
        keys.stream()
            .filter(key -> !Objects.equals(before.get(key), now.get(key)))
            .map(
                key ->
                    key
                        + " was "
                        + before.getOrDefault(key, "unset")
                        + " and is "
                        + now.getOrDefault(key, "unset"))
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw MaeException.user(
          path
              + " holds an ablation of other settings ("
              + differences
              + "); take another --out, or give the settings of "
              + settings());
    }
  }

  /** What all trainings are told. */
  public Path settings() {
    return path.resolve("ablation.yaml");
  }

  /** The table with what belongs to it, for people. */
  public Path markdown() {
    return path.resolve("results.md");
  }

  /** The table for spreadsheets. */
  public Path csv() {
    return path.resolve("results.csv");
  }

  /** Everything, for programs. */
  public Path json() {
    return path.resolve("results.json");
  }

  /** Accuracies against the first axis. */
  public Path chart() {
    return path.resolve("accuracy.png");
  }

  /** What each setting rebuilds of the same images. */
  public Path pictures() {
    return path.resolve("reconstructions.png");
  }
}
