package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Checkpoint;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.EncoderProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.ImageSize;
import io.mae4j.cli.config.ModelConfig;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PositionResize;
import io.mae4j.core.registry.Registry;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Makes models by name. */
public final class Models {
  private final Registry<EncoderProvider> encoders;
  private final Registry<DecoderProvider> decoders;

  /** Knows these kinds. */
  public Models(Registry<EncoderProvider> encoders, Registry<DecoderProvider> decoders) {
    this.encoders = encoders;
    this.decoders = decoders;
  }

  /** The masked autoencoder of a configuration for these images. */
  public MaskedAutoencoder create(ModelConfig config, ImageSpec image) {
    Encoder encoder = encoders.get(config.encoder()).create(image, config.encoderBlocks());
    Decoder decoder =
        decoders.get(config.decoder()).create(image, encoder.width(), config.decoderBlocks());
    return new MaskedAutoencoder(
        encoder, decoder, config.normPixLoss(), config.encoderMaskTokens());
  }

  /**
   * A model with the values of a checkpoint.
   *
   * @param config what its run was told
   * @throws MaeException of kind DATA if the configuration does not say how large its images are
   */
  public TrainedModel load(RunConfig config, Map<String, Array> values) {
    return new TrainedModel(config, create(config.model(), image(config.model())), values);
  }

  /**
   * A model with the values of a checkpoint, for images of the asked size: position embeddings are
   * interpolated where it is not that of the checkpoint.
   *
   * @param path where the checkpoint is, for messages
   * @param asked the checkpoint's settings, overlaid by what the command was told
   * @param notes hears that positions were interpolated
   * @throws MaeException of kind USER if the asked patches or channels are not the model's
   */
  public TrainedModel load(
      Path path, Checkpoint checkpoint, RunConfig asked, Consumer<String> notes) {
    RunConfig stored = new ConfigLoader().tree(path.toString(), checkpoint.config()).load();
    if (stored.model().inputSize().isEmpty()) {
      return load(asked, checkpoint.model());
    }
    ImageSpec from = image(stored.model());
    ImageSpec to = image(asked.model());
    if (from.patch() != to.patch() || from.channels() != to.channels()) {
      throw MaeException.user(
          path
              + " has patches of "
              + from.patch()
              + " pixels and "
              + from.channels()
              + " channels, not "
              + to.patch()
              + " and "
              + to.channels());
    }
    if (!from.grid().equals(to.grid())) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "%s was trained on images of %d×%d pixels; its position embeddings are interpolated for %d×%d",
              path,
              from.height(),
              from.width(),
              to.height(),
              to.width()));
    }
    return load(asked, PositionResize.apply(checkpoint.model(), from.grid(), to.grid()));
  }

  static ImageSpec image(ModelConfig asked) {
    if (asked.inputSize().isEmpty() || asked.channels().isEmpty()) {
      throw MaeException.data(
          "the checkpoint does not say how large its images are; give --input-size, --patch-size and --in-chans");
    }
    ImageSize size = asked.inputSize().get();
    return new ImageSpec(size.height(), size.width(), asked.channels().get(), asked.patchFor(size));
  }
}
