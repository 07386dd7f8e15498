package io.mae4j.cli.command;

import io.mae4j.api.error.MaeException;
import io.mae4j.cli.run.Evaluations;
import io.mae4j.core.registry.Nearest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae evaluate}: the evaluations that have a command of their own, and those of plugins. */
@Command(
    name = "evaluate",
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Measure what an encoder learnt. An evaluation that a plugin adds is given by its name, and measures frozen features beside",
      "those of the untrained encoder and the raw pixels.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  mae evaluate linear runs/sample-tiny-1 --cached",
      "  mae evaluate nearest-centroid runs/sample-tiny-1 --plugin-path nearest-centroid-1.0.0.jar"
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Context context;

  @Spec CommandSpec spec;
  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;
  @Mixin HeadsOptions heads = new HeadsOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "An evaluation; 'mae info' lists those of plugins.")
  @Nullable String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "A run's folder, a checkpoint, or a model of another library.")
  @Nullable Path checkpoint;

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description = "Tell the evaluation something; may be given several times.")
  Map<String, String> options = Map.of();

  EvaluateCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    if (name == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Say what to measure with: "
              + String.join(", ", new TreeSet<>(spec.subcommands().keySet()))
              + ", or the evaluation of a plugin");
    }
    Set<String> known = context.start(common).get(Evaluations.class).names();
    if (!known.contains(name)) {
      TreeSet<String> all = new TreeSet<>(known);
      all.addAll(spec.subcommands().keySet());
      throw MaeException.user(
          "No evaluation '"
              + name
              + "'. Available: "
              + String.join(", ", all)
              + "."
              + Nearest.to(name, all).map(near -> " Did you mean '" + near + "'?").orElse(""));
    }
    if (checkpoint == null) {
      throw new ParameterException(
          spec.commandLine(), "Say which model to measure: mae evaluate " + name + " MODEL");
    }
    return new FrozenFeatures(context, common, settings, heads).measure(checkpoint, name, options);
  }
}
