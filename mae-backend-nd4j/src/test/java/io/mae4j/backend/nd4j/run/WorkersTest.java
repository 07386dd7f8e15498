package io.mae4j.backend.nd4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static void meet(CountDownLatch latch) {
    latch.countDown();
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the other sequence did not come");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sequencesRunAtTheSameTimeAndAreOverAfterwards() {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger done = new AtomicInteger();
    List<Step> sequence = List.of(() -> meet(both), done::incrementAndGet);
    try (Workers workers = new Workers(2)) {
      workers.apart(List.of(sequence, sequence));
      assertThat(done).hasValue(2);
    }
  }

  @Test
  void moreSequencesThanThreadsTakeTurns() {
    AtomicInteger done = new AtomicInteger();
    List<Step> sequence = List.of(done::incrementAndGet);
    try (Workers workers = new Workers(1)) {
      workers.apart(List.of(sequence, sequence, sequence));
      assertThat(done).hasValue(3);
    }
  }

  @Test
  void aFailureReachesTheCallerOnceTheOthersHaveEnded() {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger done = new AtomicInteger();
    List<Step> failing =
        List.of(
            () -> meet(both),
            () -> {
              throw new IllegalArgumentException("broken");
            });
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.apart(List.of(failing, List.of(() -> meet(both), done::incrementAndGet))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("broken");
      assertThat(done).hasValue(1);
    }
  }
}
