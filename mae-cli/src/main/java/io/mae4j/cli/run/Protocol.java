package io.mae4j.cli.run;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.cli.config.ClassifierConfig;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.RecipeConfig;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.config.Section;
import io.mae4j.core.model.ClassifierHead;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.Tuning;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.train.AdamWOptimizer;
import io.mae4j.core.train.LarsOptimizer;
import io.mae4j.core.train.LayerDecay;
import io.mae4j.core.train.Optimizer;
import io.mae4j.core.train.Schedule;
import io.mae4j.data.augment.Augmentation;
import io.mae4j.data.augment.RandAugment;
import io.mae4j.data.augment.RandomErasing;
import io.mae4j.eval.classify.ClassifierRecipe;
import io.mae4j.eval.classify.Mixup;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The published ways to measure an encoder by training a classifier on it. */
public enum Protocol {
  /** A linear layer on frozen features of augmented images. */
  LINEAR("linear", "official linear probe: frozen encoder, batch norm, LARS, crops and flips"),
  /** Everything is trained. */
  FINETUNE("finetune", "official fine-tuning: all weights, AdamW with layer-wise decay"),
  /** The last blocks are trained. */
  PARTIAL("partial", "partial fine-tuning: the last blocks by the recipe of fine-tuning");

  private static final String SEED = "seed";
  private static final List<ConfigKey<?>> COMMON =
      ConfigKeys.named(
          "input-size",
          "data",
          "limit",
          "num-workers",
          "crop",
          "crop-scale",
          "flip",
          "pixel-mean",
          "pixel-std",
          "epochs",
          "warmup-epochs",
          "batch-size",
          "accum-iter",
          "blr",
          "lr",
          "min-lr",
          "weight-decay",
          SEED,
          "steps",
          "pool",
          "label-fraction",
          "eval-every",
          "backend",
          "device",
          "threads",
          "precision",
          "checkpoint-activations",
          "out",
          "log-every",
          "save-every");
  private static final List<ConfigKey<?>> TUNING =
      ConfigKeys.named(
          "beta1",
          "beta2",
          "layer-decay",
          "drop-path",
          "mixup",
          "cutmix",
          "smoothing",
          "reprob",
          "aa");

  private final String id;
  private final String description;

  Protocol(String id, String description) {
    this.id = id;
    this.description = description;
  }

  /** Its name on the command line. */
  public String id() {
    return id;
  }

  /** What it does, for results. */
  public String description() {
    return description;
  }

  /** What it can be told. */
  public List<ConfigKey<?>> keys() {
    List<ConfigKey<?>> keys = new ArrayList<>(COMMON);
    if (this != LINEAR) {
      keys.addAll(TUNING);
    }
    if (this == PARTIAL) {
      keys.addAll(ConfigKeys.named("blocks"));
    }
    return ConfigKeys.ALL.stream().filter(keys::contains).toList();
  }

  /**
   * The keys of a run's configuration: those of the network and its own. A run reads no other ones,
   * and records all of them.
   */
  public List<ConfigKey<?>> runKeys() {
    return ConfigKeys.ALL.stream()
        .filter(key -> key.section() == Section.MODEL || keys().contains(key))
        .toList();
  }

  /**
   * Of what a model's run was told, what a run on it takes over unless told otherwise: the network,
   * the data, the machine and the seed, not how the model learnt.
   *
   * @param config the settings of the model's run by key
   */
  public Map<String, Object> inherited(Map<String, Object> config) {
    Map<String, Object> inherited = new LinkedHashMap<>();
    for (ConfigKey<?> key : runKeys()) {
      boolean describesModelOrMachine =
          key.section() == Section.MODEL
              || key.section() == Section.DATA
              || key.section() == Section.BACKEND;
      if (config.containsKey(key.name()) && (describesModelOrMachine || key.name().equals(SEED))) {
        inherited.put(key.name(), config.get(key.name()));
      }
    }
    return inherited;
  }

  /** The name of its recipe, for messages. */
  public String recipeName() {
    return (this == LINEAR ? "linear" : "finetune") + ".yaml";
  }

  /** Its recipe as a file of {@code key: value} lines. */
  public String recipeText() {
    try (InputStream stream = Protocol.class.getResourceAsStream(recipeName())) {
      if (stream == null) {
        throw new FileNotFoundException(recipeName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.INTERNAL, "the recipe of " + id + " cannot be read", e);
    }
  }

  /**
   * A configuration with the warm-up spelt out: unless given, 5 of the epochs of a fine-tuning and
   * 10 of a linear probe, in proportion where there are fewer epochs than officially.
   */
  RunConfig warmedUp(RunConfig config) {
    RecipeConfig recipe = config.recipe();
    double usual =
        this == LINEAR ? Math.min(10, recipe.epochs() / 9.0) : Math.min(5, recipe.epochs() / 10.0);
    return config.withWarmup(recipe.warmupEpochs().orElse(usual));
  }

  /** The classifier on an encoder. */
  VitClassifier classifier(VitEncoder encoder, RunConfig config, int classes) {
    ClassifierConfig asked = config.classifier();
    int depth = encoder.config().depth();
    ClassifierHead head =
        this == LINEAR
            ? ClassifierHead.linearProbe(encoder.width(), classes)
            : ClassifierHead.fineTuning(encoder.width(), classes);
    Tuning tuning =
        switch (this) {
          case LINEAR -> Tuning.HEAD;
          case FINETUNE -> Tuning.ALL;
          case PARTIAL -> Tuning.blocks(asked.blocks());
        };
    DropPath dropPath = new DropPath(this == LINEAR ? 0 : asked.dropPath(), depth);
    return new VitClassifier(encoder, asked.pool(), head, tuning, dropPath);
  }

  /** How the classifier is trained. */
  ClassifierRecipe recipe(RunConfig config, int depth) {
    RecipeConfig recipe = config.recipe();
    ClassifierConfig asked = config.classifier();
    Schedule schedule =
        new Schedule(
            recipe.epochs(),
            recipe.warmup(),
            recipe.batchSize(),
            recipe.accumIter(),
            recipe.peakLearningRate(),
            recipe.minLr());
    Optimizer optimizer =
        this == LINEAR
            ? new LarsOptimizer(0.9, 0.001, recipe.weightDecay())
            : new AdamWOptimizer(
                recipe.beta1(),
                recipe.beta2(),
                new LayerDecay(asked.layerDecay(), depth, recipe.weightDecay()));
    Mixup mixup =
        this == LINEAR ? Mixup.NONE : new Mixup(asked.mixup(), asked.cutmix(), asked.smoothing());
    return new ClassifierRecipe(schedule, optimizer, mixup, recipe.seed());
  }

  /** How its training images are changed at random. */
  Augmentation augmentation(RunConfig config) {
    Augmentation plain = Batches.cropAndFlip(config.data());
    if (this == LINEAR) {
      return plain;
    }
    return new Augmentation(
        plain.crop(),
        plain.flipProbability(),
        config.classifier().autoAugment().map(RandAugment::parse),
        new RandomErasing(config.classifier().reprob()));
  }

  /** The text that names the tuned part, for example {@code partial, last 0.5 blocks}. */
  String label(RunConfig config) {
    return this == PARTIAL
        ? String.format(Locale.ROOT, "%s, last %s blocks", id, config.classifier().blocks())
        : id;
  }
}
