package io.mae4j.cli.plugin;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The jars of one plugin.
 *
 * @param location the jar or folder people put there, for messages
 * @param jars the jars, at least one
 */
record PluginJars(Path location, List<Path> jars) {

  /**
   * The plugins in a folder: each jar is one, and so is each folder that holds jars. Nothing if
   * there is no such folder.
   */
  static List<PluginJars> in(Path folder) {
    return Files.isDirectory(folder)
        ? list(folder).stream()
            .filter(entry -> isJar(entry) || Files.isDirectory(entry))
            .map(PluginJars::at)
            .toList()
        : List.of();
  }

  /**
   * The plugin at a path: a jar, or a folder with its jars.
   *
   * @throws MaeException of kind USER if nothing is there, of kind PLUGIN if a folder holds no jar
   */
  static PluginJars at(Path location) {
    if (!Files.exists(location)) {
      throw MaeException.user("plugin " + location + " does not exist");
    }
    if (!Files.isDirectory(location)) {
      return new PluginJars(location, List.of(location));
    }
    List<Path> jars = list(location).stream().filter(PluginJars::isJar).toList();
    if (jars.isEmpty()) {
      throw MaeException.plugin("plugin folder " + location + " holds no jar");
    }
    return new PluginJars(location, jars);
  }

  private static boolean isJar(Path path) {
    return Files.isRegularFile(path)
        && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar");
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new MaeException(
          ErrorKind.PLUGIN, "cannot list the plugins in " + folder + ": " + e.getMessage(), e);
    }
  }
}
