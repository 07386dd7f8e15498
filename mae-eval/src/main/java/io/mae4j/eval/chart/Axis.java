package io.mae4j.eval.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis with ticks at round numbers.
 *
 * @param low its lower end
 * @param high its upper end, above the lower one
 * @param step the distance of ticks: 1, 2 or 5 times a power of ten
 */
record Axis(double low, double high, BigDecimal step) {

  /** An axis from round number to round number that holds both values, with about so many ticks. */
  static Axis covering(double least, double most, int ticks) {
    double spread = most > least ? most - least : Math.max(Math.abs(most) * 0.1, 1e-3);
    BigDecimal step = step(spread / ticks);
    double width = step.doubleValue();
    return new Axis(
        Math.floor(least / width) * width, Math.ceil((least + spread) / width) * width, step);
  }

  /** An axis from zero to a value above it, with about so many ticks at whole numbers. */
  static Axis upTo(long most, int ticks) {
    return new Axis(0, most, step((double) most / ticks).max(BigDecimal.ONE));
  }

  private static BigDecimal step(double least) {
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen((int) Math.floor(StrictMath.log10(least)));
    double multiple = least / power.doubleValue();
    int factor = multiple > 5 ? 10 : multiple > 2 ? 5 : multiple > 1 ? 2 : 1;
    return power.multiply(BigDecimal.valueOf(factor));
  }

  /** The ticks' values. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    double slack = 1e-9;
    long first = (long) Math.ceil(low / step.doubleValue() - slack);
    long last = (long) Math.floor(high / step.doubleValue() + slack);
    for (long i = first; i <= last; i++) {
      ticks.add(step.multiply(BigDecimal.valueOf(i), MathContext.DECIMAL64).doubleValue());
    }
    return ticks;
  }

  /** A tick's value with as many decimals as the step needs. */
  String label(double tick) {
    int decimals = Math.max(0, step.stripTrailingZeros().scale());
    return String.format(Locale.ROOT, "%,." + decimals + "f", tick);
  }

  /** Where a value lies between the ends, 0 to 1. */
  double place(double value) {
    return (value - low) / (high - low);
  }
}
