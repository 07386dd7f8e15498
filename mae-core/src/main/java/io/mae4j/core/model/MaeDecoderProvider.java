package io.mae4j.core.model;

import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.DecoderProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;

/** Makes {@link MaeDecoder}s under the name {@code vit}. */
public final class MaeDecoderProvider implements DecoderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public MaeDecoderProvider() {}

  @Override
  public String name() {
    return "vit";
  }

  @Override
  public String description() {
    return "transformer over visible tokens and mask tokens (He et al. 2021)";
  }

  @Override
  public Decoder create(ImageSpec image, int latentWidth, VitConfig config) {
    return new MaeDecoder(image, latentWidth, config);
  }
}
