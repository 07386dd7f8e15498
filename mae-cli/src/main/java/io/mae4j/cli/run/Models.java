package io.mae4j.cli.run;

import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.EncoderProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.ModelConfig;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.registry.Registry;

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
    Decoder decoder = decoders.get(config.decoder()).create(image, encoder.width(), config.decoderBlocks());
    return new MaskedAutoencoder(encoder, decoder, config.normPixLoss());
  }
}
