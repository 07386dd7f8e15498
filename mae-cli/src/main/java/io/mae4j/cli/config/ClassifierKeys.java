package io.mae4j.cli.config;

import io.mae4j.core.model.Pool;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The keys of {@link Section#CLASSIFIER}. */
final class ClassifierKeys {
  static final ConfigKey<Pool> POOL =
      key(
          "pool",
          ValueType.oneOf(Pool.class),
          Pool.MEAN,
          "How an image's tokens become one vector: the class token, or the mean of the patch tokens.",
          ClassifierConfig::pool);
  static final ConfigKey<Optional<Double>> LABEL_FRACTION =
      key(
          "label-fraction",
          ValueType.optional(ValueType.REAL),
          Optional.empty(),
          "Share of each class's training images that is used, for example 0.01; chosen by the seed.",
          ClassifierConfig::labelFraction);
  static final ConfigKey<Double> BLOCKS =
      key(
          "blocks",
          ValueType.REAL,
          1.0,
          "How many of the last blocks are tuned; 0.5 is the MLP of the last one, 0 the head alone.",
          ClassifierConfig::blocks);
  static final ConfigKey<Double> LAYER_DECAY =
      key(
          "layer-decay",
          ValueType.REAL,
          0.65,
          "What the learning rate is multiplied by from layer to layer towards the pixels.",
          ClassifierConfig::layerDecay);
  static final ConfigKey<Double> DROP_PATH =
      key(
          "drop-path",
          ValueType.REAL,
          0.1,
          "How often the last block's branches are left out; less in earlier ones.",
          ClassifierConfig::dropPath);
  static final ConfigKey<Double> MIXUP =
      key(
          "mixup",
          ValueType.REAL,
          0.8,
          "Alpha of the share in which two images are mixed; 0 for none.",
          ClassifierConfig::mixup);
  static final ConfigKey<Double> CUTMIX =
      key(
          "cutmix",
          ValueType.REAL,
          1.0,
          "Alpha of the share that is pasted from another image; 0 for none.",
          ClassifierConfig::cutmix);
  static final ConfigKey<Double> SMOOTHING =
      key(
          "smoothing",
          ValueType.REAL,
          0.1,
          "How much of a label is spread over all classes.",
          ClassifierConfig::smoothing);
  static final ConfigKey<Double> REPROB =
      key(
          "reprob",
          ValueType.REAL,
          0.25,
          "How often a rectangle of an image is erased.",
          ClassifierConfig::reprob);
  static final ConfigKey<Optional<String>> AA =
      key(
          "aa",
          ValueType.optional(ValueType.TEXT.labelled("POLICY")),
          Optional.of("rand-m9-mstd0.5-inc1"),
          "RandAugment in timm's notation; empty for none.",
          ClassifierConfig::autoAugment);
  static final ConfigKey<Integer> EVAL_EVERY =
      key(
          "eval-every",
          ValueType.INTEGER,
          1,
          "Epochs between two measurements on the test images.",
          ClassifierConfig::evalEvery);

  /** In the order of help and files. */
  static final List<ConfigKey<?>> ALL =
      List.of(
          POOL,
          LABEL_FRACTION,
          BLOCKS,
          LAYER_DECAY,
          DROP_PATH,
          MIXUP,
          CUTMIX,
          SMOOTHING,
          REPROB,
          AA,
          EVAL_EVERY);

  private ClassifierKeys() {}

  private static <T> ConfigKey<T> key(
      String name,
      ValueType<T> type,
      T initial,
      String description,
      Function<ClassifierConfig, T> reader) {
    return new ConfigKey<>(
        name,
        Section.CLASSIFIER,
        type,
        initial,
        description,
        config -> reader.apply(config.classifier()));
  }
}
