package io.mae4j.cli.progress;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Measured numbers, rounded so that small ones keep as many digits as large ones. */
public final class Figures {
  private static final MathContext DIGITS = new MathContext(4);
  private static final double SLOW = 10;

  private Figures() {}

  /** Four digits of a finite number. */
  public static double significant(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  /** Images in a second for people, for example {@code 108} or {@code 0.034}. */
  public static String rate(double imagesPerSecond) {
    return imagesPerSecond >= SLOW
        ? String.format(Locale.ROOT, "%.0f", imagesPerSecond)
        : new BigDecimal(imagesPerSecond).round(new MathContext(2)).toPlainString();
  }
}
