package io.mae4j.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root: only asks for a command. */
@Command(
    name = "mae",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Masked autoencoders on the JVM: pre-train on images without labels, look at what is rebuilt, measure what was learnt.",
      ""
    },
    versionProvider = VersionText.class,
    footer = {
      "",
      "Start with:",
      "  mae quickstart                                 pre-train on the built-in sample in a few minutes",
      "  mae pretrain --data photos --epochs 100        pre-train on a folder of images",
      "  mae evaluate knn runs/photos-tiny-1            measure what the encoder learnt",
      "",
      "'mae COMMAND --help' explains a command. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."
    })
final class MaeCommand implements Runnable {

  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show versions.")
  boolean version;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say which command to run: " + String.join(", ", spec.subcommands().keySet()));
  }
}
