package io.mae4j.cli.progress;

import java.util.Locale;

/** Durations for people. */
public final class Durations {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Durations() {}

  /** For example {@code 0:42}, {@code 12:05}, {@code 3:07:00}, {@code 2d 4h}. */
  public static String clock(double seconds) {
    long rounded = Math.max(0, Math.round(seconds));
    if (rounded >= DAY) {
      return rounded / DAY + "d " + rounded % DAY / HOUR + "h";
    }
    long minutes = rounded % HOUR / MINUTE;
    return rounded >= HOUR
        ? String.format(Locale.ROOT, "%d:%02d:%02d", rounded / HOUR, minutes, rounded % MINUTE)
        : String.format(Locale.ROOT, "%d:%02d", minutes, rounded % MINUTE);
  }
}
