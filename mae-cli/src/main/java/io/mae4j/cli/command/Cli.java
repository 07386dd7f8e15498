package io.mae4j.cli.command;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.config.Section;
import io.mae4j.cli.console.Console;
import io.mae4j.cli.run.AsymmetryBenchmark;
import io.mae4j.cli.run.Protocol;
import io.mae4j.cli.run.QuickstartRecipe;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command tree, and what its failures look like. */
public final class Cli {
  private static final long MIB = 1L << 20;
  private static final int HELP_WIDTH = 120;
  private static final int OPTIONS_WIDTH = 34;
  private static final List<ConfigKey<?>> FEATURES =
      ConfigKeys.named(
          "input-size",
          "data",
          "limit",
          "num-workers",
          "pixel-mean",
          "pixel-std",
          "pool",
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
  private static final List<ConfigKey<?>> ABLATE =
      ConfigKeys.PRETRAINING.stream()
          .filter(key -> !List.of("out", "seed").contains(key.name()))
          .toList();
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
  private static final List<ConfigKey<?>> ASYMMETRY =
      BENCH.stream()
          .filter(key -> !List.of("encoder-mask-tokens", "decoder-depth").contains(key.name()))
          .toList();

  private final Context context;

  /** A command line over a context. */
  public Cli(Context context) {
    this.context = context;
  }

  /**
   * Runs a command, and closes what it started.
   *
   * @return the exit code
   */
  public int run(String... args) {
    List<String> words = List.of(args);
    CommandLine command =
        words.contains(CompletionCommand.NAME) ? commands() : commands(words::contains);
    try (context) {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      return fail(e, verbose(args));
    } catch (LinkageError | ServiceConfigurationError e) {
      return fail(
          new MaeException(
              ErrorKind.PLUGIN, "something on the path does not fit together: " + e, e),
          verbose(args));
    } catch (MaeException e) {
      return fail(e, verbose(args)); // of closing: what a command throws is handled by picocli
    }
  }

  private static boolean verbose(String... args) {
    return List.of(args).contains("--verbose")
        || List.of(args).contains("-v")
        || System.getenv("MAE_DEBUG") != null;
  }

  /** The commands with all their options. */
  public CommandLine commands() {
    return commands(name -> true);
  }

  /**
   * The commands, with options where they are called: making those of all takes a third of a
   * second.
   */
  private CommandLine commands(Predicate<String> called) {
    CommandLine root = new CommandLine(new MaeCommand());
    Supplier<Function<ConfigKey<?>, String>> official = () -> printed(new ConfigLoader());
    Supplier<Function<ConfigKey<?>, String>> quick =
        () -> printed(new ConfigLoader().yaml(QuickstartRecipe.NAME, QuickstartRecipe.text()));
    Supplier<Function<ConfigKey<?>, String>> ofTheRun =
        () -> key -> key.section() == Section.CLASSIFIER ? key.printInitial() : "";
    configured(
        root,
        called,
        ConfigKeys.PRETRAINING,
        quick,
        (common, settings) -> new QuickstartCommand(context, common, settings));
    configured(
        root,
        called,
        ConfigKeys.PRETRAINING,
        official,
        (common, settings) -> new PretrainCommand(context, common, settings));
    configured(
        root,
        called,
        RECONSTRUCT,
        ofTheRun,
        (common, settings) -> new ReconstructCommand(context, common, settings));
    CommandLine evaluate =
        configured(
            root,
            called,
            FrozenFeatures.KEYS,
            ofTheRun,
            (common, settings) -> new EvaluateCommand(context, common, settings));
    configured(
        evaluate,
        called,
        FrozenFeatures.KEYS,
        ofTheRun,
        (common, settings) -> new KnnCommand(context, common, settings));
    classifier(
        evaluate,
        called,
        Protocol.LINEAR,
        (common, settings) -> new ClassifierCommand.Linear(context, common, settings));
    classifier(
        evaluate,
        called,
        Protocol.FINETUNE,
        (common, settings) -> new ClassifierCommand.Finetune(context, common, settings));
    classifier(
        evaluate,
        called,
        Protocol.PARTIAL,
        (common, settings) -> new ClassifierCommand.Partial(context, common, settings));
    configured(
        root,
        called,
        FEATURES,
        ofTheRun,
        (common, settings) -> new FeaturesCommand(context, common, settings));
    configured(
        root,
        called,
        ENGINE,
        official,
        (common, settings) -> new ForwardCommand(context, common, settings));
    root.addSubcommand(new ConvertCommand(context, new CommonOptions()));
    root.addSubcommand(new InfoCommand(context, new CommonOptions()));
    configured(
        root,
        called,
        ABLATE,
        official,
        (common, settings) -> new AblateCommand(context, common, settings));
    CommandLine bench = group(root, new BenchCommand());
    configured(
        bench,
        called,
        BENCH,
        official,
        (common, settings) -> new BenchTrainCommand(context, common, settings));
    configured(
        bench,
        called,
        BENCH_DATA,
        official,
        (common, settings) -> new BenchDataCommand(context, common, settings));
    configured(
        bench,
        called,
        BENCH,
        official,
        (common, settings) -> new BenchOpsCommand(context, common, settings));
    configured(
        bench,
        called,
        ASYMMETRY,
        () -> printed(new ConfigLoader().yaml("asymmetry", AsymmetryBenchmark.DEFAULTS)),
        (common, settings) -> new BenchAsymmetryCommand(context, common, settings));
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

  private static Function<ConfigKey<?>, String> printed(ConfigLoader loader) {
    RunConfig config = loader.load();
    return key -> key.print(config);
  }

  /** Adds a command that trains a classifier; the recipe decides what is not the model's. */
  private static void classifier(
      CommandLine parent,
      Predicate<String> called,
      Protocol protocol,
      BiFunction<CommonOptions, ConfigOptions, Object> maker) {
    configured(parent, called, protocol.keys(), () -> printed(protocol), maker);
  }

  private static Function<ConfigKey<?>, String> printed(Protocol protocol) {
    RunConfig recipe = new ConfigLoader().yaml(protocol.recipeName(), protocol.recipeText()).load();
    return key ->
        (key.section() == Section.RECIPE && !key.name().equals("seed"))
                || key.section() == Section.CLASSIFIER
                || key.name().equals("crop-scale")
            ? key.print(recipe)
            : "";
  }

  private static CommandLine configured(
      CommandLine parent,
      Predicate<String> called,
      List<ConfigKey<?>> keys,
      Supplier<Function<ConfigKey<?>, String>> initial,
      BiFunction<CommonOptions, ConfigOptions, Object> maker) {
    ConfigOptions settings = new ConfigOptions();
    CommandLine command = new CommandLine(maker.apply(new CommonOptions(), settings));
    if (called.test(command.getCommandName())) {
      settings.register(command.getCommandSpec(), keys, initial.get());
    }
    parent.addSubcommand(command);
    return command;
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
    MaeException known = known(failure);
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

  /** A failure that says what happened; where the heap is full, whatever was made of that. */
  private static @Nullable MaeException known(Throwable failure) {
    MaeException known = failure instanceof MaeException mae ? mae : null;
    boolean told = known != null && known.kind() != ErrorKind.INTERNAL;
    return !told && MaeException.rootOf(failure) instanceof OutOfMemoryError full
        ? MaeException.resource(
            "out of memory ("
                + full.getMessage()
                + "): take a smaller batch-size or model, or give Java more by JAVA_OPTS=-Xmx"
                + 2 * Runtime.getRuntime().maxMemory() / MIB
                + "m")
        : known;
  }
}
