package io.mae4j.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mae bench}: only asks what to measure. */
@Command(
    name = "bench",
    synopsisSubcommandLabel = "WHAT",
    description = {"Measure speed and memory.", ""})
final class BenchCommand implements Runnable {

  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to measure: train, data, ops or asymmetry");
  }
}
