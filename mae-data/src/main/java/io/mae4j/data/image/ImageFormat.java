package io.mae4j.data.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The picture formats, told apart by their first bytes; file names are only a hint of what to look
 * at.
 */
enum ImageFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  WEBP,
  TIFF;

  static Optional<ImageFormat> of(byte[] file) {
    if (starts(file, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (starts(file, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (starts(file, 0, "GIF87a") || starts(file, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (starts(file, 0, "BM")) {
      return Optional.of(BMP);
    }
    if (starts(file, 0, "RIFF") && starts(file, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (starts(file, 0, "II*\0") || starts(file, 0, "MM\0*")) {
      return Optional.of(TIFF);
    }
    return Optional.empty();
  }

  /** Whether a file name ends like one of a picture. */
  static boolean namesPicture(String fileName) {
    String suffix = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (suffix) {
      case "jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff" -> true;
      default -> false;
    };
  }

  private static boolean starts(byte[] file, int offset, String latin1) {
    byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
    if (file.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (file[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
