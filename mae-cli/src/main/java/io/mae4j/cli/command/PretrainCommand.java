package io.mae4j.cli.command;

import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.Pretrainer;
import io.mae4j.cli.run.Reconstructions;
import io.mae4j.cli.run.Reports;
import io.mae4j.cli.run.RunFolder;
import io.mae4j.cli.wiring.Application;
import io.mae4j.eval.picture.ReconstructionPicture;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mae pretrain}. */
@Command(
    name = "pretrain",
    description = {"Pre-train a masked autoencoder on images.", ""},
    footer = {
      "",
      "Examples:",
      "  mae pretrain --data photos/train --model base --epochs 400 --norm-pix-loss",
      "  mae pretrain --config recipe.yaml --set mask-ratio=0.6 --seed 1",
      "  mae pretrain --resume runs/photos-base-1",
      "",
      "Settings are overlaid in this order: defaults, the resumed run's, --config, --set, options. The effective ones are written to",
      "config.yaml in the run's folder, which works as a --config again. Ctrl-C saves the run and says how to go on."
    })
final class PretrainCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common;
  @Mixin ConfigOptions settings;

  @Mixin Resumption resumption = new Resumption();

  PretrainCommand(Context context, CommonOptions common, ConfigOptions settings) {
    this.context = context;
    this.common = common;
    this.settings = settings;
  }

  @Override
  public Integer call() {
    Optional<RunFolder> resumed = resumption.folder(settings.given("out"));
    ConfigLoader loader = new ConfigLoader();
    resumed.ifPresent(folder -> loader.file(folder.config()));
    RunConfig config = settings.overlay(loader).load();
    Application application = context.start(common);
    Pretrainer.Outcome outcome = application.get(Pretrainer.class).run(config, resumed);
    if (outcome.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    ReconstructionPicture picture =
        application
            .get(Reconstructions.class)
            .run(outcome.trained(application.get(Models.class)), Reconstructions.SHOWN);
    Map<String, Object> results = Reports.results(outcome, picture, Optional.empty());
    context.console().result(common.json ? Json.write(results) : OutcomeText.of(outcome));
    Reports.write(outcome, picture, Optional.empty());
    return ExitCode.OK;
  }
}
