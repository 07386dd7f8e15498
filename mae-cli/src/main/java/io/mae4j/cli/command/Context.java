package io.mae4j.cli.command;

import io.mae4j.cli.console.Console;
import io.mae4j.cli.wiring.Application;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What commands are made with.
 *
 * @param console where they write
 * @param starter wires the application, with plugins of these paths besides the usual ones
 */
public record Context(Console console, BiFunction<List<Path>, Console, Application> starter) {

  /** The application for a command's common options. */
  Application start(CommonOptions options) {
    return starter.apply(options.pluginPath, console);
  }
}
