package io.mae4j.cli.config;

import io.mae4j.api.backend.Precision;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.registry.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every key there is. */
public final class ConfigKeys {

  static final ConfigKey<ModelSize> MODEL =
      model(
          "model",
          ValueType.oneOf(ModelSize.class),
          ModelSize.TINY,
          "Size of the model: widths, depths and heads.",
          ModelConfig::size);
  static final ConfigKey<String> ENCODER =
      model("encoder", ValueType.TEXT, "vit", "Kind of encoder.", ModelConfig::encoder);
  static final ConfigKey<String> DECODER =
      model("decoder", ValueType.TEXT, "vit", "Kind of decoder.", ModelConfig::decoder);
  static final ConfigKey<Optional<Integer>> ENCODER_WIDTH =
      sized(
          "encoder-width",
          "Width of the encoder's tokens, in place of the model size's.",
          ModelConfig::encoderWidth);
  static final ConfigKey<Optional<Integer>> ENCODER_DEPTH =
      sized(
          "encoder-depth",
          "Blocks of the encoder, in place of the model size's.",
          ModelConfig::encoderDepth);
  static final ConfigKey<Optional<Integer>> ENCODER_HEADS =
      sized(
          "encoder-heads",
          "Attention heads of the encoder, in place of the model size's.",
          ModelConfig::encoderHeads);
  static final ConfigKey<Optional<Integer>> DECODER_WIDTH =
      sized(
          "decoder-width",
          "Width of the decoder's tokens, in place of the model size's.",
          ModelConfig::decoderWidth);
  static final ConfigKey<Optional<Integer>> DECODER_DEPTH =
      sized(
          "decoder-depth",
          "Blocks of the decoder, in place of the model size's.",
          ModelConfig::decoderDepth);
  static final ConfigKey<Optional<Integer>> DECODER_HEADS =
      sized(
          "decoder-heads",
          "Attention heads of the decoder, in place of the model size's.",
          ModelConfig::decoderHeads);
  static final ConfigKey<Double> MLP_RATIO =
      model(
          "mlp-ratio",
          ValueType.REAL,
          4.0,
          "Hidden width of the MLPs as a multiple of the width.",
          ModelConfig::mlpRatio);
  static final ConfigKey<Double> NORM_EPS =
      model(
          "norm-eps",
          ValueType.REAL,
          VitConfig.PUBLISHED_NORM_EPS,
          "What layer norms add to the variance.",
          ModelConfig::normEps);
  static final ConfigKey<Optional<ImageSize>> INPUT_SIZE =
      model(
          "input-size",
          ValueType.optional(ImageSize.TYPE),
          Optional.empty(),
          "Image size in pixels; follows the data unless given.",
          ModelConfig::inputSize);
  static final ConfigKey<Optional<Integer>> PATCH_SIZE =
      sized(
          "patch-size",
          "Side of a patch in pixels; follows the image size unless given.",
          ModelConfig::patchSize);
  static final ConfigKey<Optional<Integer>> IN_CHANS =
      sized(
          "in-chans",
          "Image channels, 1 or 3; follows the data unless given.",
          ModelConfig::channels);
  static final ConfigKey<Boolean> NORM_PIX_LOSS =
      model(
          "norm-pix-loss",
          ValueType.FLAG,
          false,
          "Rebuild patches normalised by their own mean and variance.",
          ModelConfig::normPixLoss);
  static final ConfigKey<Boolean> ENCODER_MASK_TOKENS =
      model(
          Encoder.MASK_TOKENS,
          ValueType.FLAG,
          false,
          "Show the encoder mask tokens in the places of hidden patches: slower, for comparison.",
          ModelConfig::encoderMaskTokens);

  static final ConfigKey<String> DATA =
      data(
          "data",
          ValueType.TEXT.labelled("PATH|NAME"),
          "sample",
          "Images: a folder, or a name such as sample or fashion-mnist.",
          DataConfig::location);
  static final ConfigKey<Optional<Integer>> LIMIT =
      data(
          "limit",
          ValueType.optional(ValueType.INTEGER),
          Optional.empty(),
          "Use N images only, taken at even distances.",
          DataConfig::limit);
  static final ConfigKey<Integer> NUM_WORKERS =
      data(
          "num-workers",
          ValueType.INTEGER,
          2,
          "Threads that decode and crop images.",
          DataConfig::workers);
  static final ConfigKey<CropKind> CROP =
      data(
          "crop",
          ValueType.oneOf(CropKind.class),
          CropKind.RANDOM,
          "Training images: their centre, a window of fixed size, or a window of random size.",
          DataConfig::crop);
  static final ConfigKey<Double> CROP_SCALE =
      data(
          "crop-scale",
          ValueType.REAL,
          0.2,
          "Smallest share of an image's area that a crop of random size covers.",
          DataConfig::cropScale);
  static final ConfigKey<Boolean> FLIP =
      data("flip", ValueType.FLAG, true, "Mirror images at random.", DataConfig::flip);
  static final ConfigKey<Optional<List<Double>>> PIXEL_MEAN =
      data(
          "pixel-mean",
          ValueType.optional(ValueType.REALS),
          Optional.empty(),
          "Subtracted from each channel of pixels from 0 to 1; ImageNet's unless given.",
          DataConfig::pixelMean);
  static final ConfigKey<Optional<List<Double>>> PIXEL_STD =
      data(
          "pixel-std",
          ValueType.optional(ValueType.REALS),
          Optional.empty(),
          "Divides each channel afterwards; ImageNet's unless given.",
          DataConfig::pixelStd);

  static final ConfigKey<String> MASKING =
      masking(
          "masking",
          ValueType.TEXT,
          "random",
          "Masking strategy; 'mae info' lists them.",
          MaskingConfig::strategy);
  static final ConfigKey<Double> MASK_RATIO =
      masking("mask-ratio", ValueType.REAL, 0.75, "Share of hidden patches.", MaskingConfig::ratio);

  static final ConfigKey<Integer> EPOCHS =
      recipe("epochs", ValueType.INTEGER, 400, "Passes over the images.", RecipeConfig::epochs);
  static final ConfigKey<Optional<Double>> WARMUP_EPOCHS =
      recipe(
          "warmup-epochs",
          ValueType.optional(ValueType.REAL),
          Optional.empty(),
          "Epochs of rising learning rate; in proportion to the epochs unless given.",
          RecipeConfig::warmupEpochs);
  static final ConfigKey<Integer> BATCH_SIZE =
      recipe(
          "batch-size",
          ValueType.INTEGER,
          64,
          "Images of one forward and backward pass.",
          RecipeConfig::batchSize);
  static final ConfigKey<Integer> ACCUM_ITER =
      recipe(
          "accum-iter",
          ValueType.INTEGER,
          1,
          "Passes whose gradients are averaged into one step.",
          RecipeConfig::accumIter);
  static final ConfigKey<Double> BLR =
      recipe(
          "blr",
          ValueType.REAL,
          1e-3,
          "Base learning rate: lr = blr x effective batch / 256.",
          RecipeConfig::blr);
  static final ConfigKey<Optional<Double>> LR =
      recipe(
          "lr",
          ValueType.optional(ValueType.REAL),
          Optional.empty(),
          "Learning rate itself, in place of blr.",
          RecipeConfig::lr);
  static final ConfigKey<Double> MIN_LR =
      recipe("min-lr", ValueType.REAL, 0.0, "Where the learning rate ends.", RecipeConfig::minLr);
  static final ConfigKey<Double> WEIGHT_DECAY =
      recipe(
          "weight-decay",
          ValueType.REAL,
          0.05,
          "Decay of weight matrices.",
          RecipeConfig::weightDecay);
  static final ConfigKey<Double> BETA1 =
      recipe(
          "beta1", ValueType.REAL, 0.9, "AdamW's decay of the first moment.", RecipeConfig::beta1);
  static final ConfigKey<Double> BETA2 =
      recipe(
          "beta2",
          ValueType.REAL,
          0.95,
          "AdamW's decay of the second moment.",
          RecipeConfig::beta2);
  static final ConfigKey<Long> SEED =
      recipe("seed", ValueType.LONG, 0L, "Seed of all random choices.", RecipeConfig::seed);
  static final ConfigKey<Optional<Long>> STEPS =
      recipe(
          "steps",
          ValueType.optional(ValueType.LONG),
          Optional.empty(),
          "Stop after N optimizer steps; the schedule stays that of the epochs.",
          RecipeConfig::steps);

  static final ConfigKey<Optional<String>> BACKEND =
      backend(
          "backend",
          ValueType.optional(ValueType.TEXT),
          Optional.empty(),
          "Engine: djl, nd4j; 'mae info' lists them.",
          BackendConfig::engine);
  static final ConfigKey<String> DEVICE =
      backend(
          "device",
          ValueType.TEXT.labelled("cpu|gpu:N"),
          "cpu",
          "Device to compute on.",
          BackendConfig::device);
  static final ConfigKey<Optional<Integer>> THREADS =
      backend(
          "threads",
          ValueType.optional(ValueType.INTEGER),
          Optional.empty(),
          "Threads of one operator on a CPU; one for each processor unless given.",
          BackendConfig::threads);
  static final ConfigKey<Precision> PRECISION =
      backend(
          "precision",
          ValueType.oneOf(Precision.class),
          Precision.FP32,
          "Arithmetic.",
          BackendConfig::precision);
  static final ConfigKey<Boolean> CHECKPOINT_ACTIVATIONS =
      backend(
          "checkpoint-activations",
          ValueType.FLAG,
          false,
          "Compute the activations of each block again in the backward pass instead of keeping them: the same numbers, slower, in less memory.",
          BackendConfig::checkpointActivations);

  static final ConfigKey<Optional<String>> OUT =
      output(
          "out",
          ValueType.optional(ValueType.TEXT.labelled("DIR")),
          "The run's folder; a new one below runs/ unless given.",
          OutputConfig::out);
  static final ConfigKey<Optional<Integer>> LOG_EVERY =
      output(
          "log-every",
          ValueType.optional(ValueType.INTEGER),
          "Steps between two lines of metrics.jsonl; 1 when --steps is given, 10 otherwise, unless given.",
          OutputConfig::logEvery);
  static final ConfigKey<Optional<Integer>> SAVE_EVERY =
      output(
          "save-every",
          ValueType.optional(ValueType.INTEGER),
          "Steps between two checkpoints; every epoch and every few minutes unless given.",
          OutputConfig::saveEvery);

  /** The keys of pre-training in the order of help and files. */
  public static final List<ConfigKey<?>> PRETRAINING =
      List.of(
          MODEL,
          ENCODER,
          DECODER,
          ENCODER_WIDTH,
          ENCODER_DEPTH,
          ENCODER_HEADS,
          DECODER_WIDTH,
          DECODER_DEPTH,
          DECODER_HEADS,
          MLP_RATIO,
          NORM_EPS,
          INPUT_SIZE,
          PATCH_SIZE,
          IN_CHANS,
          NORM_PIX_LOSS,
          ENCODER_MASK_TOKENS,
          DATA,
          LIMIT,
          NUM_WORKERS,
          CROP,
          CROP_SCALE,
          FLIP,
          PIXEL_MEAN,
          PIXEL_STD,
          MASKING,
          MASK_RATIO,
          EPOCHS,
          WARMUP_EPOCHS,
          BATCH_SIZE,
          ACCUM_ITER,
          BLR,
          LR,
          MIN_LR,
          WEIGHT_DECAY,
          BETA1,
          BETA2,
          SEED,
          STEPS,
          BACKEND,
          DEVICE,
          THREADS,
          PRECISION,
          CHECKPOINT_ACTIVATIONS,
          OUT,
          LOG_EVERY,
          SAVE_EVERY);

  /** All keys. */
  public static final List<ConfigKey<?>> ALL = all();

  private ConfigKeys() {}

  private static List<ConfigKey<?>> all() {
    List<ConfigKey<?>> keys = new ArrayList<>(PRETRAINING);
    keys.addAll(ClassifierKeys.ALL);
    return List.copyOf(keys);
  }

  /** The key of a name, if there is one. */
  public static Optional<ConfigKey<?>> find(String name) {
    for (ConfigKey<?> key : ALL) {
      if (key.name().equals(name)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** What to say of a name that no key has: the nearest one. */
  public static String unknown(String name) {
    return "unknown key '"
        + name
        + "'"
        + Nearest.to(name, ALL.stream().map(ConfigKey::name).toList())
            .map(near -> ". Did you mean '" + near + "'?")
            .orElse("; the reference of the configuration lists all keys");
  }

  /** Keys by their names. */
  public static List<ConfigKey<?>> named(String... names) {
    List<ConfigKey<?>> keys = new ArrayList<>();
    for (String name : names) {
      keys.add(find(name).orElseThrow(() -> new IllegalArgumentException("no key " + name)));
    }
    return keys;
  }

  /** The keys of some sections, in their order. */
  public static List<ConfigKey<?>> of(Section... sections) {
    List<Section> wanted = List.of(sections);
    return ALL.stream().filter(key -> wanted.contains(key.section())).toList();
  }

  private static <T> ConfigKey<T> model(
      String name,
      ValueType<T> type,
      T initial,
      String description,
      Function<ModelConfig, T> reader) {
    return new ConfigKey<>(
        name, Section.MODEL, type, initial, description, config -> reader.apply(config.model()));
  }

  private static ConfigKey<Optional<Integer>> sized(
      String name, String description, Function<ModelConfig, Optional<Integer>> reader) {
    return model(
        name, ValueType.optional(ValueType.INTEGER), Optional.empty(), description, reader);
  }

  private static <T> ConfigKey<T> data(
      String name,
      ValueType<T> type,
      T initial,
      String description,
      Function<DataConfig, T> reader) {
    return new ConfigKey<>(
        name, Section.DATA, type, initial, description, config -> reader.apply(config.data()));
  }

  private static <T> ConfigKey<T> masking(
      String name,
      ValueType<T> type,
      T initial,
      String description,
      Function<MaskingConfig, T> reader) {
    return new ConfigKey<>(
        name,
        Section.MASKING,
        type,
        initial,
        description,
        config -> reader.apply(config.masking()));
  }

  private static <T> ConfigKey<T> recipe(
      String name,
      ValueType<T> type,
      T initial,
      String description,
      Function<RecipeConfig, T> reader) {
    return new ConfigKey<>(
        name, Section.RECIPE, type, initial, description, config -> reader.apply(config.recipe()));
  }

  private static <T> ConfigKey<T> backend(
      String name,
      ValueType<T> type,
      T initial,
      String description,
      Function<BackendConfig, T> reader) {
    return new ConfigKey<>(
        name,
        Section.BACKEND,
        type,
        initial,
        description,
        config -> reader.apply(config.backend()));
  }

  private static <T> ConfigKey<Optional<T>> output(
      String name,
      ValueType<Optional<T>> type,
      String description,
      Function<OutputConfig, Optional<T>> reader) {
    return new ConfigKey<>(
        name,
        Section.OUTPUT,
        type,
        Optional.empty(),
        description,
        config -> reader.apply(config.output()));
  }
}
