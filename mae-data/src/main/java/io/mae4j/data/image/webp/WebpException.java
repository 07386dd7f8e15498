package io.mae4j.data.image.webp;

import java.io.IOException;

/** Says what is wrong with a WebP file, without its name. */
public final class WebpException extends IOException {
  private static final long serialVersionUID = 1L;

  WebpException(String message) {
    super(message);
  }
}
