package io.mae4j.cli.progress;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast a run goes, over its last steps. The first steps are left out: engines compile and fill
 * their caches in them. Not for use by several threads.
 */
final class Speed {
  private static final int WARM_UP_STEPS = 3;
  private static final int WINDOW = 20;

  private final Deque<Long> nanos = new ArrayDeque<>();
  private long sum;
  private int steps;

  void step(long stepNanos) {
    steps++;
    if (steps <= WARM_UP_STEPS) {
      return;
    }
    nanos.addLast(stepNanos);
    sum += stepNanos;
    if (nanos.size() > WINDOW) {
      sum -= nanos.removeFirst();
    }
  }

  /** Whether nothing can be said yet. */
  boolean warmingUp() {
    return nanos.isEmpty();
  }

  /** Mean time of the last steps in seconds; 0 while warming up. */
  double secondsPerStep() {
    return nanos.isEmpty() ? 0 : sum / 1e9 / nanos.size();
  }
}
