package io.mae4j.cli;

import io.mae4j.cli.console.Console;
import io.mae4j.cli.plugin.Plugins;
import io.mae4j.cli.wiring.Application;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the application over the module path, the class path and the plugins. */
final class Starter {
  private static final Path FOLDER = Path.of("plugins");
  private static final String HOME = "mae.home";

  private Starter() {}

  /** Plugins lie in {@code plugins} below the distribution and below the working folder. */
  static Application start(List<Path> pluginPath, Console console) {
    List<Path> folders = new ArrayList<>(List.of(FOLDER.toAbsolutePath()));
    String home = System.getProperty(HOME);
    if (home != null) {
      folders.add(Path.of(home).resolve(FOLDER).toAbsolutePath());
    }
    Plugins plugins = Plugins.load(folders.stream().distinct().toList(), pluginPath);
    return Application.of(plugins, plugins.locations(), console);
  }
}
