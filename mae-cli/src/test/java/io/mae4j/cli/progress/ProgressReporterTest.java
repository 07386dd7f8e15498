package io.mae4j.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.console.Console;
import io.mae4j.core.train.StepReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final StringWriter err = new StringWriter();
  private long now;

  private void train(boolean terminal, int steps, int last) {
    Console console =
        new Console(new PrintWriter(new StringWriter()), new PrintWriter(err, true), terminal);
    ProgressReporter.Plan plan = new ProgressReporter.Plan(4, last, 50e9, () -> 200e9);
    try (ProgressReporter reporter = new ProgressReporter(console, plan, () -> now)) {
      for (int step = 1; step <= steps; step++) {
        now += STEP_NANOS;
        reporter.onStep(new StepReport(step, last, step / 25.0, 0.5, 1e-4, 64, STEP_NANOS));
      }
    }
  }

  @Test
  void printsPlainLinesAtIntervals() {
    train(false, 60, 100);
    assertThat(err.toString().lines())
        .hasSize(3)
        .first()
        .asString()
        .contains("step 1/100")
        .contains("warming up");
    assertThat(err.toString()).doesNotContain("\r").doesNotContain("\u001b");
  }

  @Test
  void tellsLossSpeedUtilisationAndRemainingTime() {
    train(false, 60, 100);
    assertThat(err.toString().lines().reduce("", (a, b) -> b))
        .isEqualTo(
            "epoch 1.64/4  step 41/100  loss 0.5000  lr 1.00e-04  128 images/s  MFU 50%  ETA 0:30");
  }

  @Test
  void theLastStepIsAlwaysShown() {
    train(false, 7, 7);
    assertThat(err.toString()).contains("step 7/7").contains("ETA 0:00");
  }

  @Test
  void overwritesOneLineOnATerminal() {
    train(true, 60, 100);
    assertThat(err.toString().lines()).hasSizeGreaterThan(1);
    assertThat(err.toString().chars().filter(c -> c == '\n').count()).isEqualTo(1);
    assertThat(err.toString()).contains("\r\u001b[Kepoch");
  }

  @Test
  void writesDurationsForPeople() {
    assertThat(Durations.clock(0.4)).isEqualTo("0:00");
    assertThat(Durations.clock(65)).isEqualTo("1:05");
    assertThat(Durations.clock(3 * 3600 + 62)).isEqualTo("3:01:02");
    assertThat(Durations.clock(50 * 3600)).isEqualTo("2d 2h");
  }
}
