package io.mae4j.cli;

import io.mae4j.cli.command.Cli;
import io.mae4j.cli.command.Context;
import io.mae4j.cli.console.Console;

/** Entry point of the command line. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the command and its options
   */
  public static void main(String[] args) {
    System.exit(new Cli(new Context(Console.system(), Starter::start)).run(args));
  }
}
