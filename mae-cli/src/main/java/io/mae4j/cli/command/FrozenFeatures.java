package io.mae4j.cli.command;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.eval.Evaluator;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.ConfigYaml;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.config.Section;
import io.mae4j.cli.console.Json;
import io.mae4j.cli.run.Checkpoints;
import io.mae4j.cli.run.Evaluations;
import io.mae4j.cli.run.Models;
import io.mae4j.cli.run.RunFolder;
import io.mae4j.cli.wiring.Application;
import io.mae4j.eval.compare.Comparison;
import io.mae4j.eval.compare.ComparisonTable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the frozen features of a model, as several commands do. */
final class FrozenFeatures {
  /** What such a command can be told. */
  static final List<ConfigKey<?>> KEYS =
      ConfigKeys.named(
          "input-size",
          "data",
          "limit",
          "num-workers",
          "pixel-mean",
          "pixel-std",
          "seed",
          "pool",
          "label-fraction",
          "backend",
          "device",
          "threads",
          "precision");

  private final Context context;
  private final CommonOptions common;
  private final ConfigOptions settings;
  private final HeadsOptions heads;

  FrozenFeatures(
      Context context, CommonOptions common, ConfigOptions settings, HeadsOptions heads) {
    this.context = context;
    this.common = common;
    this.settings = settings;
    this.heads = heads;
  }

  /**
   * Measures.
   *
   * @param checkpoint the model
   * @param evaluator what with
   * @param options what the evaluator is told
   */
  int measure(Path checkpoint, String evaluator, Map<String, String> options) {
    Checkpoint model =
        Checkpoints.read(
            checkpoint,
            heads.hints(settings.given("input-size").orElse(null)),
            false,
            context.console()::note);
    RunConfig config =
        settings.overlay(new ConfigLoader().tree(checkpoint.toString(), inherited(model))).load();
    Application application = context.start(common);
    Evaluations evaluations = application.get(Evaluations.class);
    Evaluator chosen = evaluations.evaluator(evaluator, options);
    Comparison comparison =
        evaluations.run(
            application.get(Models.class).load(checkpoint, model, config, context.console()::note),
            Map.of(evaluator, chosen),
            config.classifier().pool());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("model", checkpoint.toString());
    tree.putAll(comparison.toTree());
    tree.put("config", ConfigYaml.tree(config, keys()));
    context
        .console()
        .result(common.json ? Json.write(tree) : ComparisonTable.text(comparison).stripTrailing());
    RunFolder folder = RunFolder.existing(checkpoint);
    folder.write(folder.evaluation(evaluator, checkpoint), Json.write(tree) + "\n");
    return ExitCode.OK;
  }

  /** Of what the model's run was told, what is read here, but not what a classifier was told. */
  private static Map<String, Object> inherited(Checkpoint model) {
    Map<String, Object> tree = new LinkedHashMap<>(model.config());
    List<String> read =
        keys().stream()
            .filter(key -> key.section() != Section.CLASSIFIER)
            .map(ConfigKey::name)
            .toList();
    tree.keySet().retainAll(read);
    return tree;
  }

  private static List<ConfigKey<?>> keys() {
    return ConfigKeys.ALL.stream()
        .filter(key -> key.section() == Section.MODEL || KEYS.contains(key))
        .toList();
  }
}
