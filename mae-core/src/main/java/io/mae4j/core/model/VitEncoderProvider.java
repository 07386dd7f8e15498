package io.mae4j.core.model;

import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.EncoderProvider;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;

/** Makes {@link VitEncoder}s under the name {@code vit}. */
public final class VitEncoderProvider implements EncoderProvider {

  /** For {@link java.util.ServiceLoader}. */
  public VitEncoderProvider() {}

  @Override
  public String name() {
    return "vit";
  }

  @Override
  public String description() {
    return "Vision Transformer of the visible patches (He et al. 2021)";
  }

  @Override
  public Encoder create(ImageSpec image, VitConfig config) {
    return new VitEncoder(image, config);
  }
}
