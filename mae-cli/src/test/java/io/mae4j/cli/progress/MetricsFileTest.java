package io.mae4j.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.train.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void saysWhereItCannotWrite() {
    Path file = folder.resolve("no/such/folder/metrics.jsonl");
    assertThatThrownBy(() -> MetricsFile.open(file, 0, 1))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessageContaining(file.toString());
  }
}
