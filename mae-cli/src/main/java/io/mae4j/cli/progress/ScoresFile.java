package io.mae4j.cli.progress;

import io.mae4j.eval.classify.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code scores.jsonl}: one JSON object for each measurement on the test images with {@code step},
 * {@code epoch}, {@code top1}, {@code top5} (percent) and {@code loss}.
 */
public final class ScoresFile implements AutoCloseable {
  private final JsonLines lines;

  /**
   * A measurement.
   *
   * @param step after which optimizer step
   * @param epoch epochs finished
   * @param top1 percent
   * @param top5 percent
   * @param loss mean cross entropy
   */
  public record Line(long step, int epoch, double top1, double top5, double loss) {}

  private ScoresFile(JsonLines lines) {
    this.lines = lines;
  }

  /** Opens the file for more lines; those of steps after the last one that counts are dropped. */
  public static ScoresFile open(Path file, long lastStep) {
    return new ScoresFile(JsonLines.open(file, lastStep));
  }

  /** Reads the lines of a file; none if there is no file. */
  public static List<Line> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    return JsonLines.read(file).stream()
        .map(
            node ->
                new Line(
                    node.path("step").asLong(),
                    node.path("epoch").asInt(),
                    node.path("top1").asDouble(),
                    node.path("top5").asDouble(),
                    node.path("loss").asDouble()))
        .toList();
  }

  /** The line with the highest top-1 accuracy, the first of equal ones. */
  public static Optional<Line> best(List<Line> lines) {
    return lines.stream()
        .max(
            Comparator.comparingDouble(Line::top1)
                .thenComparing(Comparator.comparingLong(Line::step).reversed()));
  }

  /** Adds a measurement. */
  public void write(long step, int epoch, Scores scores) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    line.put("epoch", epoch);
    line.put("top1", scores.top1());
    line.put("top5", scores.top5());
    line.put("loss", scores.loss());
    lines.write(line);
  }

  @Override
  public void close() {
    lines.close();
  }
}
