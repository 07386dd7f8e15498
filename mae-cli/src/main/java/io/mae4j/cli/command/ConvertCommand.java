package io.mae4j.cli.command;

import io.mae4j.cli.console.Json;
import io.mae4j.cli.console.TreeText;
import io.mae4j.cli.run.Conversions;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mae convert}. */
@Command(
    name = "convert",
    description = {
      "Write a model in the form of another library, or one of another library as a checkpoint of mae4j. Values are copied bit by bit; half precision is widened.",
      ""
    },
    footer = {
      "",
      "official: a file for torch.load, {'model': ...}. huggingface: a folder for ViTMAEForPreTraining.from_pretrained. timm: a folder with the encoder, for timm.create_model('local-dir:FOLDER'). mae: a checkpoint of mae4j, with the optimizer's state where IN holds it.",
      "",
      "Examples:",
      "  mae convert runs/photos-base-1 mae_photos.pth --to official",
      "  mae convert mae_visualize_vit_large.pth vit-mae-large --to huggingface",
      "  mae convert vit-mae-base mae.safetensors --to mae"
    })
final class ConvertCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin HeadsOptions heads = new HeadsOptions();

  @Parameters(
      index = "0",
      paramLabel = "IN",
      description = "A run's folder, a checkpoint, or a model of another library.")
  Path in;

  @Parameters(index = "1", paramLabel = "OUT", description = "The file or folder to write.")
  Path out;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "official|huggingface|timm|mae",
      description = "The form.")
  Conversions.Form form;

  @Option(
      names = "--input-size",
      paramLabel = "N|HxW",
      description = "Image size of a model of another library whose patches do not make a square.")
  @Nullable String inputSize;

  ConvertCommand(Context context, CommonOptions common) {
    this.context = context;
    this.common = common;
  }

  @Override
  public Integer call() {
    Map<String, Object> tree =
        Conversions.run(in, out, form, heads.hints(inputSize), context.console());
    context.console().result(common.json ? Json.write(tree) : TreeText.write(tree));
    return ExitCode.OK;
  }
}
