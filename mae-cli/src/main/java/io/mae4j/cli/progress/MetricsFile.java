package io.mae4j.cli.progress;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.file.AtomicFile;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code metrics.jsonl}: one JSON object for each logged step with {@code step}, {@code epoch}
 * (done, with fraction), {@code loss}, {@code lr} and {@code images_per_s}. Without an interval of
 * one, a line holds the mean loss and speed of the steps since the line before.
 */
public final class MetricsFile implements TrainingListener, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final int every;
  private final BufferedWriter writer;
  private double loss;
  private long nanos;
  private long images;
  private int steps;
  private @Nullable StepReport unwritten;

  /**
   * A logged step.
   *
   * @param step its number from 1
   * @param epoch epochs done, with fraction
   * @param loss mean loss since the line before
   * @param lr learning rate
   * @param imagesPerSecond mean speed since the line before
   */
  public record Line(long step, double epoch, double loss, double lr, double imagesPerSecond) {}

  private MetricsFile(Path file, int every, BufferedWriter writer) {
    this.file = file;
    this.every = every;
    this.writer = writer;
  }

  /**
   * Opens the file for more lines.
   *
   * @param lastStep the last step that counts: lines of later ones, left by a run that was killed,
   *     are dropped
   * @param every steps between two lines
   */
  public static MetricsFile open(Path file, long lastStep, int every) {
    try {
      if (Files.exists(file)) {
        dropAfter(file, lastStep);
      }
      return new MetricsFile(
          file,
          every,
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new MaeException(ErrorKind.RESOURCE, file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void dropAfter(Path file, long lastStep) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      try {
        if (JSON.readTree(text).path("step").asLong(Long.MAX_VALUE) <= lastStep) {
          kept.add(text);
        }
      } catch (JacksonException e) {
        break; // the line that was being written when the run was killed
      }
    }
    ByteBuffer bytes =
        StandardCharsets.UTF_8.encode(
            kept.stream().map(line -> line + "\n").collect(Collectors.joining()));
    AtomicFile.write(
        file,
        channel -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Reads the lines of a file; a damaged last line is passed over. */
  public static List<Line> read(Path file) {
    List<Line> lines = new ArrayList<>();
    try {
      for (String text : Files.readAllLines(file)) {
        JsonNode node = JSON.readTree(text);
        lines.add(
            new Line(
                node.path("step").asLong(),
                node.path("epoch").asDouble(),
                node.path("loss").asDouble(),
                node.path("lr").asDouble(),
                node.path("images_per_s").asDouble()));
      }
    } catch (JacksonException e) {
      return lines;
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, file + " cannot be read: " + e.getMessage(), e);
    }
    return lines;
  }

  @Override
  public void onStep(StepReport report) {
    loss += report.loss();
    nanos += report.nanos();
    images += report.images();
    steps++;
    unwritten = report;
    if (report.step() % every == 0) {
      write(report);
    }
  }

  private void write(StepReport report) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", report.step());
    line.put("epoch", report.epoch());
    line.put("loss", loss / steps);
    line.put("lr", report.lr());
    line.put("images_per_s", Math.round(images * 1e10 / Math.max(1, nanos)) / 10.0);
    loss = 0;
    nanos = 0;
    images = 0;
    steps = 0;
    unwritten = null;
    try {
      writer.write(JSON.writeValueAsString(line));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw new MaeException(ErrorKind.RESOURCE, file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Writes what is left of the last interval. */
  @Override
  public void close() {
    if (unwritten != null) {
      write(unwritten);
    }
    try {
      writer.close();
    } catch (IOException e) {
      throw new MaeException(ErrorKind.RESOURCE, file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
