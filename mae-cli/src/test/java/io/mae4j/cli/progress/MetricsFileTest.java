package io.mae4j.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.train.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

  @TempDir Path folder;

  private static StepReport step(long step, double loss) {
    return new StepReport(step, 100, step / 10.0, loss, 1e-3, 32, 500_000_000L);
  }

  @Test
  void averagesTheStepsOfAnIntervalAndOfTheRestAtTheEnd() {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsFile metrics = MetricsFile.open(file, 0, 2)) {
      metrics.onStep(step(1, 1.0));
      metrics.onStep(step(2, 0.5));
      metrics.onStep(step(3, 0.25));
    }
    assertThat(file)
        .hasContent(
            """
            {"step":2,"epoch":0.2,"loss":0.75,"lr":0.001,"images_per_s":64.0}
            {"step":3,"epoch":0.3,"loss":0.25,"lr":0.001,"images_per_s":64.0}
            """);
    assertThat(MetricsFile.read(file)).contains(new MetricsFile.Line(2, 0.2, 0.75, 1e-3, 64));
  }

  @Test
  void dropsWhatAKilledRunWroteAfterItsCheckpoint() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("metrics.jsonl"),
            "{\"step\":1,\"loss\":1}\n{\"step\":2,\"loss\":2}\n{\"step\":3,\"lo");
    try (MetricsFile metrics = MetricsFile.open(file, 1, 1)) {
      metrics.onStep(step(2, 0.5));
    }
    assertThat(MetricsFile.read(file)).extracting(MetricsFile.Line::loss).containsExactly(1.0, 0.5);
  }

  @Test
  void aSlowRunHasASpeedToo() {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsFile metrics = MetricsFile.open(file, 0, 1)) {
      metrics.onStep(new StepReport(1, 100, 0.1, 1, 1e-3, 1, 1_000_000_000_000L));
    }
    assertThat(MetricsFile.read(file).get(0).imagesPerSecond()).isEqualTo(0.001);
    assertThat(Figures.rate(0.00123)).isEqualTo("0.0012");
    assertThat(Figures.rate(108.3)).isEqualTo("108");
  }

  @Test
  void theLossOfTheLastEpochIsTheMeanOverItsImages() {
    // Epochs of 2.5 lines: the third line lies in both.
    assertThat(
            MetricsFile.lastEpochLoss(
                List.of(line(0.4, 9), line(0.8, 9), line(1.2, 4), line(1.6, 2), line(2, 1))))
        .isCloseTo(0.2 * 4 + 0.4 * 2 + 0.4 * 1, within(1e-12));
    // The rest at the end of a run covers fewer steps than the lines before.
    assertThat(MetricsFile.lastEpochLoss(List.of(line(0.9, 2), line(1, 12))))
        .isCloseTo(3, within(1e-12));
    assertThat(MetricsFile.lastEpochLoss(List.of(line(0.25, 7)))).isEqualTo(7);
    assertThat(MetricsFile.lastEpochLoss(List.of())).isNaN();
  }

  private static MetricsFile.Line line(double epoch, double loss) {
    return new MetricsFile.Line(Math.round(epoch * 10), epoch, loss, 1e-3, 64);
  }

  @Test
  void saysWhereItCannotWrite() {
    Path file = folder.resolve("no/such/folder/metrics.jsonl");
    assertThatThrownBy(() -> MetricsFile.open(file, 0, 1))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageContaining(file.toString());
  }
}
