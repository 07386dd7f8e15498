package io.mae4j.cli.command;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.Checkpoints;
import io.mae4j.cli.run.ClassifierOutcome;
import io.mae4j.cli.run.ClassifierReports;
import io.mae4j.cli.run.ClassifierRuns;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.Protocol;
import io.mae4j.cli.run.RunFolder;
import io.mae4j.cli.wiring.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that train a classifier on an encoder have in common. */
abstract class ClassifierCommand implements Callable<Integer> {
  final Context context;
  private final Protocol protocol;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;
  @Mixin HeadsOptions heads = new HeadsOptions();
  @Mixin Resumption resumption = new Resumption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "A run's folder, a checkpoint, or a model of another library.")
  @Nullable Path checkpoint;

  @Option(
      names = "--from-scratch",
      description = "Take the model's network without its weights, everything else the same.")
  boolean fromScratch;

  @Option(
      names = "--print-recipe",
      description = "Print the recipe as a file for --config, and do nothing else.")
  boolean printRecipe;

  ClassifierCommand(
      Context context, Protocol protocol, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.protocol = protocol;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (printRecipe) {
      context
          .console()
          .result(settings.recipe(protocol.recipeName(), protocol.recipeText(), protocol.keys()));
      return ExitCode.OK;
    }
    Optional<RunFolder> resumed = resumption.folder(settings.given("out"));
    ClassifierOutcome outcome = resumed.map(this::resume).orElseGet(this::start);
    if (outcome.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    context.console().result(common.json ? Json.write(outcome.tree()) : outcome.text());
    ClassifierReports.write(outcome);
    return ExitCode.OK;
  }

  /** The model that was given. */
  final Path model() {
    if (checkpoint == null) {
      throw MaeException.user(
          "say which model to measure: mae evaluate " + protocol.id() + " MODEL");
    }
    return checkpoint;
  }

  private ClassifierOutcome resume(RunFolder folder) {
    RunConfig config = settings.overlay(new ConfigLoader().file(folder.config())).load();
    return context.start(common).get(ClassifierRuns.class).resume(protocol, config, folder);
  }

  private ClassifierOutcome start() {
    Path path = model();
    Checkpoint model =
        Checkpoints.read(
            path,
            heads.hints(settings.given("input-size").orElse(null)),
            false,
            context.console()::note);
    ConfigLoader loader =
        new ConfigLoader()
            .tree(path.toString(), protocol.inherited(model.config()))
            .yaml(protocol.recipeName(), protocol.recipeText());
    RunConfig config = settings.overlay(loader).load();
    Application application = context.start(common);
    ClassifierRuns.Job job =
        new ClassifierRuns.Job(
            protocol,
            config,
            name(path) + "-" + protocol.id() + (fromScratch ? "-scratch" : ""),
            fromScratch ? ClassifierRuns.Job.SCRATCH : path.toString(),
            fromScratch
                ? Map.of()
                : application
                    .get(Models.class)
                    .load(path, model, config, context.console()::note)
                    .values());
    return application.get(ClassifierRuns.class).run(job);
  }

  /** What a model is called: its run, or its file. */
  private static String name(Path path) {
    if (Files.isDirectory(path) || path.endsWith("checkpoint.safetensors")) {
      return RunFolder.existing(path).name();
    }
    String file = path.getFileName().toString();
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  /** {@code mae evaluate finetune}. */
  @Command(
      name = "finetune",
      description = {
        "Train the whole network with labels by the official recipe, and measure it on test images.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  mae evaluate finetune runs/sample-tiny-1 --epochs 30 --crop-scale 0.5",
        "  mae evaluate finetune runs/sample-tiny-1 --label-fraction 0.01 --from-scratch",
        "  mae evaluate finetune --resume runs/sample-tiny-1-finetune-1",
        "",
        "The network, the data and the engine are those of the model's run unless given. A run's folder holds the last and the best",
        "checkpoint, metrics.jsonl, scores.jsonl, confusion.png and results.json. Ctrl-C saves the run and says how to go on."
      })
  static final class Finetune extends ClassifierCommand {
    Finetune(Context context, CommonOptions common, ConfigOptions settings) {
      super(context, Protocol.FINETUNE, common, settings);
    }
  }

  /** {@code mae evaluate partial}. */
  @Command(
      name = "partial",
      description = {
        "Train the last blocks of the network with labels, the rest frozen, and measure it on test images.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  mae evaluate partial runs/sample-tiny-1 --blocks 1",
        "  mae evaluate partial runs/sample-tiny-1 --blocks 0.5 --epochs 20",
        "",
        "The recipe is that of fine-tuning. The frozen weights are compared before and after, to the last bit."
      })
  static final class Partial extends ClassifierCommand {
    Partial(Context context, CommonOptions common, ConfigOptions settings) {
      super(context, Protocol.PARTIAL, common, settings);
    }
  }

  /** {@code mae evaluate linear}. */
  @Command(
      name = "linear",
      description = {
        "Train a linear classifier on the frozen encoder and measure it on test images: by the official recipe, which encodes",
        "augmented images anew in each epoch, or on features that are computed once.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  mae evaluate linear runs/sample-tiny-1",
        "  mae evaluate linear runs/sample-tiny-1 --cached",
        "",
        "With --cached, the head alone is trained, on the untrained encoder's features and raw pixels too, in seconds; the recipe's",
        "options have no meaning then, and the tokens are averaged unless --pool is given."
      })
  static final class Linear extends ClassifierCommand {
    @Option(
        names = "--cached",
        description =
            "Compute the features once, without augmentation, and compare with the untrained encoder and raw pixels.")
    boolean cached;

    Linear(Context context, CommonOptions common, ConfigOptions settings) {
      super(context, Protocol.LINEAR, common, settings);
    }

    @Override
    public Integer call() {
      if (!cached) {
        return super.call();
      }
      for (ConfigKey<?> key : Protocol.LINEAR.keys()) {
        if (!FrozenFeatures.KEYS.contains(key) && settings.given(key.name()).isPresent()) {
          throw MaeException.user(
              key.option() + " belongs to the official recipe; leave it or --cached out");
        }
      }
      if (fromScratch || resumption.resume != null) {
        throw MaeException.user(
            "--cached is never resumed, and measures the untrained encoder anyway; leave out --from-scratch and --resume");
      }
      return new FrozenFeatures(context, common, settings, heads)
          .measure(model(), Protocol.LINEAR.id(), Map.of());
    }
  }
}
