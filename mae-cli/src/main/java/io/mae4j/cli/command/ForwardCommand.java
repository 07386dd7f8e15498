package io.mae4j.cli.command;

import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.console.TreeText;
import io.mae4j.cli.run.Forwards;
import io.mae4j.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mae forward}. */
@Command(
    name = "forward",
    description = {
      "Run a model once on given images and noise and write everything that can be compared: the way to hold mae4j against any other implementation, and its engines against each other.",
      ""
    },
    footer = {
      "",
      "The input holds images [B,C,H,W], already normalised, and noise [B,N]; as in the official code, the patches of smallest noise stay visible.",
      "The output holds latent [B,1+Nv,D], ids_restore [B,N], mask [B,N] (1 is hidden), pred [B,N,P*P*C], loss [] and, with --gradients, grad.NAME of every trainable parameter.",
      "",
      "Examples:",
      "  mae forward --checkpoint mae_visualize_vit_base.pth --input in.safetensors --output out.safetensors",
      "  mae forward --checkpoint runs/sample-tiny-1 --input in.safetensors --output out.safetensors --gradients --backend nd4j"
    })
final class ForwardCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;
  @Mixin HeadsOptions heads = new HeadsOptions();

  @Option(
      names = "--checkpoint",
      required = true,
      paramLabel = "MODEL",
      description = "A run's folder, a checkpoint, or a model of another library.")
  Path checkpoint;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE.safetensors",
      description = "The images and the noise.")
  Path input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.safetensors",
      description = "Where to write.")
  Path output;

  @Option(names = "--gradients", description = "Write the gradient of every parameter too.")
  boolean gradients;

  @Option(
      names = "--norm-pix-loss",
      description =
          "Take the loss of patches normalised by their own mean and variance; without it, of the pixels, whatever the model was trained with.")
  boolean normPixLoss;

  @Option(
      names = "--mask-ratio",
      paramLabel = "R",
      defaultValue = "0.75",
      description = "Share of hidden patches, 0 for none. Default: ${DEFAULT-VALUE}.")
  double maskRatio;

  ForwardCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    AtomicFile.requireWritable(output);
    Forwards.Request request =
        new Forwards.Request(
            checkpoint, heads.hints(), input, output, maskRatio, normPixLoss, gradients);
    Map<String, Object> tree =
        context
            .start(common)
            .get(Forwards.class)
            .run(request, settings.overlay(new ConfigLoader()).load().backend());
    context.console().result(common.json ? Json.write(tree) : TreeText.write(tree));
    return ExitCode.OK;
  }
}
