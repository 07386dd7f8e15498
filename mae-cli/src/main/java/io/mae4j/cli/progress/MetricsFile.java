package io.mae4j.cli.progress;

import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.jsonl}: one JSON object for each logged step with {@code step}, {@code epoch}
 * (done, with fraction), {@code loss}, {@code lr} and {@code images_per_s}. Without an interval of
 * one, a line holds the mean loss and speed of the steps since the line before.
 */
public final class MetricsFile implements TrainingListener, AutoCloseable {
  private final int every;
  private final JsonLines lines;
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

  private MetricsFile(int every, JsonLines lines) {
    this.every = every;
    this.lines = lines;
  }

  /**
   * Opens the file for more lines.
   *
   * @param lastStep the last step that counts: lines of later ones, left by a run that was killed,
   *     are dropped
   * @param every steps between two lines
   */
  public static MetricsFile open(Path file, long lastStep, int every) {
    return new MetricsFile(every, JsonLines.open(file, lastStep));
  }

  /** Reads the lines of a file; a damaged last line is passed over. */
  public static List<Line> read(Path file) {
    return JsonLines.read(file).stream()
        .map(
            node ->
                new Line(
                    node.path("step").asLong(),
                    node.path("epoch").asDouble(),
                    node.path("loss").asDouble(),
                    node.path("lr").asDouble(),
                    node.path("images_per_s").asDouble()))
        .toList();
  }

  /**
   * The mean loss over the last epoch, in which all images are different: each line counts by the
   * part of that epoch that it covers.
   *
   * @param lines all lines of a run
   * @return NaN if there is none
   */
  public static double lastEpochLoss(List<Line> lines) {
    if (lines.isEmpty()) {
      return Double.NaN;
    }
    double begin = lines.get(lines.size() - 1).epoch() - 1;
    double sum = 0;
    double covered = 0;
    double before = 0;
    for (Line line : lines) {
      double part = line.epoch() - Math.max(before, begin);
      if (part > 0) {
        sum += part * line.loss();
        covered += part;
      }
      before = line.epoch();
    }
    return sum / covered;
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
    line.put("images_per_s", Figures.significant(images * 1e9 / Math.max(1, nanos)));
    loss = 0;
    nanos = 0;
    images = 0;
    steps = 0;
    unwritten = null;
    lines.write(line);
  }

  /** Writes what is left of the last interval. */
  @Override
  public void close() {
    if (unwritten != null) {
      write(unwritten);
    }
    lines.close();
  }
}
