package io.mae4j.cli.console;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What happens at the moment: one line that is overwritten on a terminal, a line every few seconds
 * elsewhere.
 */
public final class StatusLine implements AutoCloseable {
  private static final long TERMINAL_INTERVAL = Duration.ofMillis(200).toNanos();
  private static final long PLAIN_INTERVAL = Duration.ofSeconds(10).toNanos();
  private static final String CLEAR = "\r\u001b[K";

  private final Console console;
  private final LongSupplier clock;
  private long shown;
  private boolean open;

  /**
   * A line on a console's standard error.
   *
   * @param clock nanoseconds
   */
  public StatusLine(Console console, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
    this.shown = clock.getAsLong() - PLAIN_INTERVAL;
  }

  /**
   * Shows a text, unless another one was shown a moment ago.
   *
   * @param always whether it is shown even so
   */
  public void show(boolean always, Supplier<String> text) {
    long now = clock.getAsLong();
    if (!always && now - shown < (console.terminal() ? TERMINAL_INTERVAL : PLAIN_INTERVAL)) {
      return;
    }
    shown = now;
    if (console.terminal()) {
      console.err().print(CLEAR + text.get());
      console.err().flush();
      open = true;
    } else {
      console.note(text.get());
    }
  }

  /** Leaves the last text and goes to the next line. */
  @Override
  public void close() {
    if (open) {
      console.note("");
      open = false;
    }
  }
}
