package io.mae4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.checkpoint.Progress;
import io.mae4j.core.train.StepReport;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CheckpointSaverTest {
  private final AtomicInteger saved = new AtomicInteger();
  private long now;

  private CheckpointSaver saver(Optional<Integer> every) {
    return new CheckpointSaver(every, saved::incrementAndGet, () -> now);
  }

  private static StepReport step(long step) {
    return new StepReport(step, 100, 0, 1, 0, 1, 1);
  }

  @Test
  void savesEverySoManySteps() {
    CheckpointSaver saver = saver(Optional.of(3));
    for (int step = 1; step <= 7; step++) {
      saver.onStep(step(step));
    }
    saver.onEpoch(new Progress(1, 0, 7));
    assertThat(saved).hasValue(2);
  }

  @Test
  void savesAtTheEndOfEpochsThatAreNotShort() {
    CheckpointSaver saver = saver(Optional.empty());
    now += TimeUnit.SECONDS.toNanos(5);
    saver.onEpoch(new Progress(1, 0, 1));
    assertThat(saved).hasValue(0);
    now += TimeUnit.SECONDS.toNanos(16);
    saver.onEpoch(new Progress(2, 0, 2));
    assertThat(saved).hasValue(1);
  }

  @Test
  void savesWithinLongEpochs() {
    CheckpointSaver saver = saver(Optional.empty());
    for (int minute = 1; minute <= 7; minute++) {
      now += TimeUnit.MINUTES.toNanos(1);
      saver.onStep(step(minute));
    }
    assertThat(saved).hasValue(2);
  }
}
