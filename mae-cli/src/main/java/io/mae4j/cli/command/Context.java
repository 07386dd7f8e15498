package io.mae4j.cli.command;

import io.mae4j.cli.console.Console;
import io.mae4j.cli.wiring.Application;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;

/** What commands are made with. Closing it closes what they started. */
public final class Context implements AutoCloseable {
  private final Console console;
  private final BiFunction<List<Path>, Console, Application> starter;
  private final Deque<Application> started = new ArrayDeque<>();

  /**
   * A context.
   *
   * @param console where commands write
   * @param starter wires the application, with plugins of these paths besides the usual ones
   */
  public Context(Console console, BiFunction<List<Path>, Console, Application> starter) {
    this.console = console;
    this.starter = starter;
  }

  Console console() {
    return console;
  }

  /** The application for a command's common options; it lives as long as the command. */
  Application start(CommonOptions options) {
    Application application = starter.apply(options.pluginPath, console);
    started.push(application);
    return application;
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }
}
