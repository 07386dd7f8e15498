package io.mae4j.api.model;

/** A kind of decoder that was found by {@link java.util.ServiceLoader}. */
public interface DecoderProvider {

  /** Its name in configurations, for example {@code vit}. */
  String name();

  /** One line for people. */
  String description();

  /**
   * Makes a decoder.
   *
   * @param image the images to rebuild
   * @param latentWidth the width of the encoder's tokens
   * @param config the decoder's own blocks
   */
  Decoder create(ImageSpec image, int latentWidth, VitConfig config);
}
