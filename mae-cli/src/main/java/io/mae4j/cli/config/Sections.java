package io.mae4j.cli.config;

/** Makes section records of values: the one place that says which key goes where. */
final class Sections {
  private Sections() {}

  static RunConfig defaults() {
    Values initial =
        new Values() {
          @Override
          public <T> T get(ConfigKey<T> key) {
            return key.initial();
          }
        };
    return new RunConfig(
        model(initial),
        data(initial),
        masking(initial),
        recipe(initial),
        classifier(initial),
        backend(initial),
        output(initial));
  }

  static ModelConfig model(Values values) {
    return new ModelConfig(
        values.get(ConfigKeys.MODEL),
        values.get(ConfigKeys.ENCODER),
        values.get(ConfigKeys.DECODER),
        values.get(ConfigKeys.ENCODER_WIDTH),
        values.get(ConfigKeys.ENCODER_DEPTH),
        values.get(ConfigKeys.ENCODER_HEADS),
        values.get(ConfigKeys.DECODER_WIDTH),
        values.get(ConfigKeys.DECODER_DEPTH),
        values.get(ConfigKeys.DECODER_HEADS),
        values.get(ConfigKeys.MLP_RATIO),
        values.get(ConfigKeys.NORM_EPS),
        values.get(ConfigKeys.INPUT_SIZE),
        values.get(ConfigKeys.PATCH_SIZE),
        values.get(ConfigKeys.IN_CHANS),
        values.get(ConfigKeys.NORM_PIX_LOSS),
        values.get(ConfigKeys.ENCODER_MASK_TOKENS));
  }

  static DataConfig data(Values values) {
    return new DataConfig(
        values.get(ConfigKeys.DATA),
        values.get(ConfigKeys.LIMIT),
        values.get(ConfigKeys.NUM_WORKERS),
        values.get(ConfigKeys.CROP),
        values.get(ConfigKeys.CROP_SCALE),
        values.get(ConfigKeys.FLIP),
        values.get(ConfigKeys.PIXEL_MEAN),
        values.get(ConfigKeys.PIXEL_STD));
  }

  static MaskingConfig masking(Values values) {
    return new MaskingConfig(values.get(ConfigKeys.MASKING), values.get(ConfigKeys.MASK_RATIO));
  }

  static RecipeConfig recipe(Values values) {
    return new RecipeConfig(
        values.get(ConfigKeys.EPOCHS),
        values.get(ConfigKeys.WARMUP_EPOCHS),
        values.get(ConfigKeys.BATCH_SIZE),
        values.get(ConfigKeys.ACCUM_ITER),
        values.get(ConfigKeys.BLR),
        values.get(ConfigKeys.LR),
        values.get(ConfigKeys.MIN_LR),
        values.get(ConfigKeys.WEIGHT_DECAY),
        values.get(ConfigKeys.BETA1),
        values.get(ConfigKeys.BETA2),
        values.get(ConfigKeys.SEED),
        values.get(ConfigKeys.STEPS));
  }

  static ClassifierConfig classifier(Values values) {
    return new ClassifierConfig(
        values.get(ClassifierKeys.POOL),
        values.get(ClassifierKeys.LABEL_FRACTION),
        values.get(ClassifierKeys.BLOCKS),
        values.get(ClassifierKeys.LAYER_DECAY),
        values.get(ClassifierKeys.DROP_PATH),
        values.get(ClassifierKeys.MIXUP),
        values.get(ClassifierKeys.CUTMIX),
        values.get(ClassifierKeys.SMOOTHING),
        values.get(ClassifierKeys.REPROB),
        values.get(ClassifierKeys.AA),
        values.get(ClassifierKeys.EVAL_EVERY));
  }

  static BackendConfig backend(Values values) {
    return new BackendConfig(
        values.get(ConfigKeys.BACKEND),
        values.get(ConfigKeys.DEVICE),
        values.get(ConfigKeys.THREADS),
        values.get(ConfigKeys.PRECISION),
        values.get(ConfigKeys.CHECKPOINT_ACTIVATIONS));
  }

  static OutputConfig output(Values values) {
    return new OutputConfig(
        values.get(ConfigKeys.OUT),
        values.get(ConfigKeys.LOG_EVERY),
        values.get(ConfigKeys.SAVE_EVERY));
  }
}
