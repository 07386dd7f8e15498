package io.mae4j.core.checkpoint.format;

import io.mae4j.api.graph.Array;
import io.mae4j.core.checkpoint.SafetensorsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** One small model of 2 × 3 patches in every form; interop/fixtures.py wrote them with torch. */
final class Fixtures {
  static final ModelHints HINTS =
      ModelHints.heads(Optional.of(2), Optional.of(1))
          .orImage(Optional.of(new ModelHints.Extent(4, 6)));

  private Fixtures() {}

  static Path path(String name) {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Array> expected() {
    return SafetensorsReader.read(path("expected.safetensors")).tensors();
  }

  static StoredModel read(String name) {
    return ModelFiles.read(path(name), HINTS, false);
  }

  /** Names with shapes and the bits of every value, to compare whole models. */
  static Map<String, String> bits(Map<String, Array> tensors) {
    Map<String, String> bits = new TreeMap<>();
    tensors.forEach(
        (name, array) -> {
          StringBuilder text = new StringBuilder(array.toString());
          for (float value : array.floats()) {
            text.append(' ').append(Integer.toHexString(Float.floatToRawIntBits(value)));
          }
          bits.put(name, text.toString());
        });
    return bits;
  }

  static Map<String, Array> model() {
    Map<String, Array> model = new TreeMap<>(expected());
    model.keySet().removeIf(name -> name.startsWith("optimizer."));
    return model;
  }
}
