package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The pictures and tables that {@code src/test/python/make_pictures.py} wrote with Pillow. */
public final class Resources {

  private Resources() {}

  public static byte[] bytes(String file) {
    try (InputStream stream = Resources.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("no test resource " + file);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a table, split at tabs, without its heading. */
  public static List<String[]> table(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .collect(Collectors.toList());
  }

  /** The picture that crops and evaluation are cut from, 150×157. */
  public static PixelImage source(int channels) {
    return new ImageDecoder().decode("source.png", bytes("source.png"), channels);
  }

  public static String sha256(byte[] samples) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(samples));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sha256(byte[] samples, int length) {
    return sha256(Arrays.copyOf(samples, length));
  }
}
