package io.mae4j.cli.command;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.console.Console;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command tree, and what its failures look like. */
public final class Cli {
  private static final int HELP_WIDTH = 120;

  private final Context context;

  /** A command line over a context. */
  public Cli(Context context) {
    this.context = context;
  }

  /**
   * Runs a command.
   *
   * @return the exit code
   */
  public int run(String... args) {
    CommandLine command = commands();
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      return fail(new MaeException(ErrorKind.RESOURCE, "out of memory; take a smaller batch-size or model, or more heap by MAE_JAVA_OPTS=-Xmx8g", e), verbose(args));
    } catch (LinkageError e) {
      return fail(new MaeException(ErrorKind.PLUGIN, "something on the path does not fit together: " + e, e), verbose(args));
    }
  }

  private static boolean verbose(String... args) {
    return List.of(args).contains("--verbose") || List.of(args).contains("-v") || System.getenv("MAE_DEBUG") != null;
  }

  /** The commands with all their options. */
  public CommandLine commands() {
    CommandLine root = new CommandLine(new MaeCommand());
    pretrain(root);
    Console console = context.console();
    root.setOut(console.out());
    root.setErr(console.err());
    root.setUsageHelpWidth(HELP_WIDTH);
    root.setUsageHelpLongOptionsMaxWidth(34);
    root.setAbbreviatedOptionsAllowed(false);
    root.setParameterExceptionHandler((failure, args) -> misuse(failure));
    root.setExecutionExceptionHandler((failure, command, result) -> fail(failure, verbose(result.originalArgs().toArray(String[]::new))));
    return root;
  }

  private void pretrain(CommandLine root) {
    CommonOptions common = new CommonOptions();
    ConfigOptions settings = new ConfigOptions();
    CommandLine command = new CommandLine(new PretrainCommand(context, common, settings));
    settings.register(command.getCommandSpec(), ConfigKeys.ALL);
    root.addSubcommand(command);
  }

  private int misuse(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    Console console = context.console();
    console.note("mae: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, console.err());
    console.note("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private int fail(Throwable failure, boolean verbose) {
    Console console = context.console();
    MaeException known = failure instanceof MaeException mae ? mae : null;
    if (known != null && known.kind() != ErrorKind.INTERNAL) {
      console.note("mae: " + known.getMessage());
    } else {
      console.note("mae: this is a defect of mae4j: " + failure.getMessage());
      if (!verbose) {
        console.note("Run again with --verbose for the details, and report them.");
      }
    }
    if (verbose) {
      failure.printStackTrace(console.err());
      console.err().flush();
    }
    return known == null ? ExitCode.FAILED : ExitCode.of(known.kind());
  }
}
