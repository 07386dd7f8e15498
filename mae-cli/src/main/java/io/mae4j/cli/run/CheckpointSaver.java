package io.mae4j.cli.run;

import io.mae4j.api.checkpoint.Progress;
import io.mae4j.core.train.StepReport;
import io.mae4j.core.train.TrainingListener;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Saves a run every so many steps; or, where that is not said, at the end of epochs and every few
 * minutes, but not all the time when epochs are short. When it saves never changes what is
 * computed.
 */
final class CheckpointSaver implements TrainingListener {
  private static final long OFTEN = Duration.ofSeconds(20).toNanos();
  private static final long RARELY = Duration.ofMinutes(3).toNanos();

  private final Optional<Integer> every;
  private final Runnable save;
  private final LongSupplier clock;
  private long saved;

  CheckpointSaver(Optional<Integer> every, Runnable save, LongSupplier clock) {
    this.every = every;
    this.save = save;
    this.clock = clock;
    this.saved = clock.getAsLong();
  }

  @Override
  public void onStep(StepReport report) {
    if (every
        .map(steps -> report.step() % steps == 0)
        .orElseGet(() -> clock.getAsLong() - saved >= RARELY)) {
      saveNow();
    }
  }

  @Override
  public void onEpoch(Progress progress) {
    if (every.isEmpty() && clock.getAsLong() - saved >= OFTEN) {
      saveNow();
    }
  }

  private void saveNow() {
    save.run();
    saved = clock.getAsLong();
  }
}
