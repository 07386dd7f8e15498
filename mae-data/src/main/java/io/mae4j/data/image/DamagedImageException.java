package io.mae4j.data.image;

import java.io.IOException;

/** Says what is wrong with a picture, without its name; {@link ImageDecoder} adds that. */
final class DamagedImageException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedImageException(String message) {
    super(message);
  }
}
