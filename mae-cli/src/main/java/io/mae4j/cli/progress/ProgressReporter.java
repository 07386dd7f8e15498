package io.mae4j.cli.progress;

import io.mae4j.cli.console.Console;
import io.mae4j.cli.console.StatusLine;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Shows how a run goes: one line that is overwritten on a terminal, and a line every few seconds
 * elsewhere.
 */
public final class ProgressReporter implements TrainingListener, AutoCloseable {
  private static final double SMOOTHING = 0.95;

  private final Plan plan;
  private final StatusLine status;
  private final Speed speed = new Speed();
  private double smoothed;
  private double weight;
  private double peakFlops;

  /**
   * What is known of a run beforehand.
   *
   * @param epochs epochs of the schedule
   * @param lastStep the step after which it ends
   * @param flopsPerStep floating-point operations of a step
   * @param peakFlops measures how many operations a second the engine's matrix product reaches; it
   *     is asked once, after the first steps
   */
  public record Plan(int epochs, long lastStep, double flopsPerStep, DoubleSupplier peakFlops) {}

  /** Reports to a console, by a clock in nanoseconds. */
  public ProgressReporter(Console console, Plan plan, LongSupplier clock) {
    this.plan = plan;
    this.status = new StatusLine(console, clock);
  }

  @Override
  public void onStep(StepReport report) {
    speed.step(report.nanos());
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * report.loss();
    weight = SMOOTHING * weight + (1 - SMOOTHING);
    status.show(report.step() == plan.lastStep(), () -> line(report));
  }

  private String line(StepReport report) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "epoch %.2f/%d  step %d/%d  loss %.4f  lr %.2e",
            report.epoch(),
            plan.epochs(),
            report.step(),
            plan.lastStep(),
            smoothed / weight,
            report.lr()));
    if (speed.warmingUp()) {
      return line.append("  warming up: the first steps are slow").toString();
    }
    double seconds = speed.secondsPerStep();
    line.append("  ").append(Figures.rate(report.images() / seconds)).append(" images/s");
    if (peakFlops == 0) {
      peakFlops = plan.peakFlops().getAsDouble();
    }
    line.append(
        String.format(
            Locale.ROOT, "  MFU %.0f%%", 100 * plan.flopsPerStep() / seconds / peakFlops));
    return line.append("  ETA ")
        .append(Durations.clock(seconds * (plan.lastStep() - report.step())))
        .toString();
  }

  /** Ends the line on a terminal. */
  @Override
  public void close() {
    status.close();
  }
}
