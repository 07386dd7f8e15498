package io.mae4j.cli.progress;

import io.mae4j.cli.console.Console;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how a run goes: one line that is overwritten on a terminal, and a line every few seconds elsewhere.
 */
public final class ProgressReporter implements TrainingListener, AutoCloseable {
  private static final long TERMINAL_INTERVAL = Duration.ofMillis(200).toNanos();
  private static final long PLAIN_INTERVAL = Duration.ofSeconds(10).toNanos();
  private static final double SMOOTHING = 0.95;
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final Plan plan;
  private final LongSupplier clock;
  private final Speed speed = new Speed();
  private double smoothed;
  private double weight;
  private long shown;
  private boolean lineOpen;

  /**
   * What is known of a run beforehand.
   *
   * @param epochs epochs of the schedule
   * @param lastStep the step after which it ends
   * @param flopsPerStep floating-point operations of a step
   * @param peakFlops operations a second that the engine's matrix product reaches; 0 where that is not known
   */
  public record Plan(int epochs, long lastStep, double flopsPerStep, double peakFlops) {}

  /** Reports to a console, by a clock in nanoseconds. */
  public ProgressReporter(Console console, Plan plan, LongSupplier clock) {
    this.console = console;
    this.plan = plan;
    this.clock = clock;
    this.shown = clock.getAsLong() - PLAIN_INTERVAL;
  }

  @Override
  public void onStep(StepReport report) {
    speed.step(report.nanos());
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * report.loss();
    weight = SMOOTHING * weight + (1 - SMOOTHING);
    long now = clock.getAsLong();
    long interval = console.terminal() ? TERMINAL_INTERVAL : PLAIN_INTERVAL;
    if (now - shown >= interval || report.step() == plan.lastStep()) {
      shown = now;
      show(line(report));
    }
  }

  private void show(String line) {
    if (console.terminal()) {
      console.err().print(CLEAR + line);
      console.err().flush();
      lineOpen = true;
    } else {
      console.note(line);
    }
  }

  private String line(StepReport report) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "epoch %.2f/%d  step %d/%d  loss %.4f  lr %.2e", report.epoch(), plan.epochs(), report.step(), plan.lastStep(), smoothed / weight, report.lr()));
    if (speed.warmingUp()) {
      return line.append("  warming up: the first steps are slow").toString();
    }
    double seconds = speed.secondsPerStep();
    line.append(String.format(Locale.ROOT, "  %.0f images/s", report.images() / seconds));
    if (plan.peakFlops() > 0) {
      line.append(String.format(Locale.ROOT, "  MFU %.0f%%", 100 * plan.flopsPerStep() / seconds / plan.peakFlops()));
    }
    return line.append("  ETA ").append(Durations.clock(seconds * (plan.lastStep() - report.step()))).toString();
  }

  /** Ends the line on a terminal. */
  @Override
  public void close() {
    if (lineOpen) {
      console.err().println();
      console.err().flush();
      lineOpen = false;
    }
  }
}
