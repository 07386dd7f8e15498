package io.mae4j.api.model;

/** A kind of encoder that was found by {@link java.util.ServiceLoader}. */
public interface EncoderProvider {

  /** Its name in configurations, for example {@code vit}. */
  String name();

  /** One line for people. */
  String description();

  /** Makes an encoder for these images. */
  Encoder create(ImageSpec image, VitConfig config);
}
