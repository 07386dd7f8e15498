package io.mae4j.core.checkpoint.format;

import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of a published kind of model.
 *
 * @param image its images
 * @param encoder the encoder's blocks
 * @param decoder the decoder's blocks; empty for an encoder alone
 * @param normPixLoss whether its targets are normalised
 */
public record Architecture(
    ImageSpec image, VitConfig encoder, Optional<VitConfig> decoder, boolean normPixLoss) {

  /** The parameters in the official order. */
  public List<ParameterSpec> parameters() {
    VitEncoder tracedEncoder = new VitEncoder(image, encoder);
    if (decoder.isEmpty()) {
      return tracedEncoder.parameters();
    }
    Decoder tracedDecoder = new MaeDecoder(image, encoder.width(), decoder.get());
    return new MaskedAutoencoder(tracedEncoder, tracedDecoder, normPixLoss).parameters();
  }
}
