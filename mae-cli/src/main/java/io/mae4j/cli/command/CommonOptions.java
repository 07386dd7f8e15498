package io.mae4j.cli.command;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that every working command has. */
final class CommonOptions {

  @Option(
      names = "--json",
      description =
          "Print the result as JSON on standard output; everything else goes to standard error.")
  boolean json;

  @Option(
      names = "--plugin-path",
      paramLabel = "PATH",
      description =
          "A plugin's jar or folder, besides those in plugins/; may be given several times.")
  List<Path> pluginPath = List.of();

  @Option(
      names = {"-v", "--verbose"},
      description = "Print stack traces of failures, and the tensors of a checkpoint.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
