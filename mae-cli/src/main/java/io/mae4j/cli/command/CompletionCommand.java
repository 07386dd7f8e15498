package io.mae4j.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mae completion}. */
@Command(
    name = CompletionCommand.NAME,
    description = {"Print a completion script for bash and zsh.", ""},
    footer = {"", "Example:", "  source <(mae completion)"})
final class CompletionCommand implements Runnable {
  static final String NAME = "completion";

  private final Context context;

  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    context.console().result(AutoComplete.bash("mae", spec.root().commandLine()));
  }
}
