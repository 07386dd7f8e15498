package io.mae4j.cli.command;

import io.mae4j.cli.console.Console;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.console.TreeText;
import io.mae4j.cli.run.Information;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mae info}. */
@Command(
    name = "info",
    description = {
      "Show what is installed: engines with their devices, masking strategies, data sets, plugins. Given a checkpoint, show what is in it.",
      ""
    },
    footer = {"", "Examples:", "  mae info", "  mae info runs/sample-tiny-1", "  mae info --json"})
final class InfoCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin HeadsOptions heads = new HeadsOptions();

  @Option(
      names = "--input-size",
      paramLabel = "N|HxW",
      description = "Image size of a model of another library whose patches do not make a square.")
  @Nullable String inputSize;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "CHECKPOINT",
      description = "A run's folder, a checkpoint, or a model of another library.")
  @Nullable Path checkpoint;

  InfoCommand(Context context, CommonOptions common) {
    this.context = context;
    this.common = common;
  }

  @Override
  public Integer call() {
    Information information = context.start(common).get(Information.class);
    Map<String, Object> tree =
        checkpoint == null
            ? information.installation()
            : information.file(checkpoint, heads.hints(inputSize), context.console()::note);
    Console console = context.console();
    if (common.json) {
      console.result(Json.write(tree));
    } else {
      if (!common.verbose) {
        tree.remove("tensors");
      }
      console.result(TreeText.write(tree));
    }
    return ExitCode.OK;
  }
}
