package io.mae4j.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mae evaluate}: only asks for a measure. */
@Command(
    name = "evaluate",
    synopsisSubcommandLabel = "MEASURE",
    description = {
      "Measure what an encoder learnt, beside the untrained encoder and the raw pixels.",
      ""
    })
final class EvaluateCommand implements Runnable {

  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to measure with: knn or linear");
  }
}
