package io.mae4j.cli.progress;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.file.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file that grows by a JSON object a line, each with the {@code step} it belongs to. */
final class JsonLines implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final BufferedWriter writer;

  private JsonLines(Path file, BufferedWriter writer) {
    this.file = file;
    this.writer = writer;
  }

  /**
   * Opens a file for more lines.
   *
   * @param lastStep the last step that counts: lines of later ones, left by a run that was killed,
   *     are dropped
   */
  static JsonLines open(Path file, long lastStep) {
    try {
      if (Files.exists(file)) {
        dropAfter(file, lastStep);
      }
      return new JsonLines(
          file,
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static void dropAfter(Path file, long lastStep) throws IOException {
    String kept =
        read(file).stream()
            .filter(line -> line.path("step").asLong(Long.MAX_VALUE) <= lastStep)
            .map(line -> JSON.writeValueAsString(line) + "\n")
            .collect(Collectors.joining());
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(kept);
    AtomicFile.write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** The lines of a file up to a damaged one, which was being written when a run was killed. */
  static List<JsonNode> read(Path file) {
    List<JsonNode> lines = new ArrayList<>();
    try {
      for (String text : Files.readAllLines(file)) {
        lines.add(JSON.readTree(text));
      }
    } catch (JacksonException e) {
      return lines;
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, file + " cannot be read: " + e.getMessage(), e);
    }
    return lines;
  }

  void write(Map<String, Object> line) {
    try {
      writer.write(JSON.writeValueAsString(line));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static MaeException unwritable(Path file, IOException e) {
    return new MaeException(ErrorKind.RESOURCE, file + " cannot be written: " + e.getMessage(), e);
  }
}
