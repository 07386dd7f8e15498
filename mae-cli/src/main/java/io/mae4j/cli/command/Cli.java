package io.mae4j.cli.command;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.config.Section;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.run.QuickstartRecipe;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command tree, and what its failures look like. */
public final class Cli {
  private static final int HELP_WIDTH = 120;
  private static final int OPTIONS_WIDTH = 34;
  private static final List<ConfigKey<?>> EVALUATE =
      ConfigKeys.named(
          "input-size",
          "data",
          "limit",
          "num-workers",
          "pixel-mean",
          "pixel-std",
          "seed",
          "backend",
          "device",
          "threads",
          "precision");
  private static final List<ConfigKey<?>> RECONSTRUCT =
      ConfigKeys.named(
          "input-size",
          "data",
          "limit",
          "num-workers",
          "pixel-mean",
          "pixel-std",
          "masking",
          "mask-ratio",
          "seed",
          "backend",
          "device",
          "threads",
          "precision");
  private static final List<ConfigKey<?>> ENGINE = ConfigKeys.of(Section.BACKEND);
  private static final List<ConfigKey<?>> BENCH =
      ConfigKeys.of(Section.MODEL, Section.MASKING, Section.RECIPE, Section.BACKEND);
  private static final List<ConfigKey<?>> BENCH_DATA =
      ConfigKeys.named(
          "model",
          "input-size",
          "patch-size",
          "in-chans",
          "data",
          "limit",
          "num-workers",
          "crop-scale",
          "flip",
          "masking",
          "mask-ratio",
          "batch-size",
          "seed");

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
      return fail(
          new MaeException(
              ErrorKind.RESOURCE,
              "out of memory; take a smaller batch-size or model, or more heap by MAE_JAVA_OPTS=-Xmx8g",
              e),
          verbose(args));
    } catch (LinkageError e) {
      return fail(
          new MaeException(
              ErrorKind.PLUGIN, "something on the path does not fit together: " + e, e),
          verbose(args));
    }
  }

  private static boolean verbose(String... args) {
    return List.of(args).contains("--verbose")
        || List.of(args).contains("-v")
        || System.getenv("MAE_DEBUG") != null;
  }

  /** The commands with all their options. */
  public CommandLine commands() {
    CommandLine root = new CommandLine(new MaeCommand());
    Optional<RunConfig> official = Optional.of(new ConfigLoader().load());
    Optional<RunConfig> quick =
        Optional.of(new ConfigLoader().yaml(QuickstartRecipe.NAME, QuickstartRecipe.text()).load());
    Optional<RunConfig> ofTheRun = Optional.empty();
    configured(
        root,
        ConfigKeys.ALL,
        quick,
        (common, settings) -> new QuickstartCommand(context, common, settings));
    configured(
        root,
        ConfigKeys.ALL,
        official,
        (common, settings) -> new PretrainCommand(context, common, settings));
    configured(
        root,
        RECONSTRUCT,
        ofTheRun,
        (common, settings) -> new ReconstructCommand(context, common, settings));
    CommandLine evaluate = group(root, new EvaluateCommand());
    configured(
        evaluate,
        EVALUATE,
        ofTheRun,
        (common, settings) -> new EvaluateWith.Knn(context, common, settings));
    configured(
        evaluate,
        EVALUATE,
        ofTheRun,
        (common, settings) -> new EvaluateWith.Linear(context, common, settings));
    configured(
        root,
        EVALUATE,
        ofTheRun,
        (common, settings) -> new FeaturesCommand(context, common, settings));
    configured(
        root,
        ENGINE,
        official,
        (common, settings) -> new ForwardCommand(context, common, settings));
    root.addSubcommand(new ConvertCommand(context, new CommonOptions()));
    root.addSubcommand(new InfoCommand(context, new CommonOptions()));
    CommandLine bench = group(root, new BenchCommand());
    configured(
        bench,
        BENCH,
        official,
        (common, settings) -> new BenchTrainCommand(context, common, settings));
    configured(
        bench,
        BENCH_DATA,
        official,
        (common, settings) -> new BenchDataCommand(context, common, settings));
    configured(
        bench,
        BENCH,
        official,
        (common, settings) -> new BenchOpsCommand(context, common, settings));
    root.addSubcommand(new CompletionCommand(context));
    Console console = context.console();
    tidy(root);
    root.setOut(console.out());
    root.setErr(console.err());
    root.setUsageHelpWidth(HELP_WIDTH);
    root.setUsageHelpLongOptionsMaxWidth(OPTIONS_WIDTH);
    root.setAbbreviatedOptionsAllowed(false);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setParameterExceptionHandler((failure, args) -> misuse(failure));
    root.setExecutionExceptionHandler(
        (failure, command, result) ->
            fail(failure, verbose(result.originalArgs().toArray(String[]::new))));
    return root;
  }

  /** Options in the order of their declaration, and a short first line. */
  private static void tidy(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(Cli::tidy);
  }

  private static CommandLine group(CommandLine root, Object command) {
    CommandLine line = new CommandLine(command);
    root.addSubcommand(line);
    return line;
  }

  private static void configured(
      CommandLine parent,
      List<ConfigKey<?>> keys,
      Optional<RunConfig> defaults,
      BiFunction<CommonOptions, ConfigOptions, Object> maker) {
    ConfigOptions settings = new ConfigOptions();
    CommandLine command = new CommandLine(maker.apply(new CommonOptions(), settings));
    settings.register(command.getCommandSpec(), keys, defaults);
    parent.addSubcommand(command);
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
