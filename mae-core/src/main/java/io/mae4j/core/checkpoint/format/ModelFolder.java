package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.core.checkpoint.Safetensors;
import io.mae4j.core.checkpoint.SafetensorsWriter;
import io.mae4j.core.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A folder of {@code model.safetensors} and {@code config.json}. */
final class ModelFolder {
  /** Libraries of torch want the file to say so. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ModelFolder() {}

  /** Writes both files; a folder that did not exist before goes away if that fails. */
  static void write(Path folder, Map<String, Array> tensors, Map<String, Object> config) {
    boolean existed = Files.exists(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new MaeException(
          ErrorKind.RESOURCE, "cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
    Path weights = folder.resolve("model.safetensors");
    try {
      SafetensorsWriter.write(weights, new Safetensors(tensors, METADATA));
      ByteBuffer json =
          ByteBuffer.wrap(
              (JSON.writeValueAsString(config) + "\n").getBytes(StandardCharsets.UTF_8));
      AtomicFile.write(
          folder.resolve("config.json"),
          channel -> {
            while (json.hasRemaining()) {
              channel.write(json);
            }
          });
    } catch (MaeException e) {
      if (!existed) {
        delete(weights, e);
        delete(folder, e);
      }
      throw e;
    }
  }

  private static void delete(Path path, MaeException cause) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
