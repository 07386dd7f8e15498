package io.mae4j.eval.ablation;

import java.util.Locale;

/**
 * A value over several seeds.
 *
 * @param count n, at least 1
 * @param mean their mean
 * @param deviation their standard deviation with n − 1 in the denominator; 0 for a single value
 */
public record Statistic(int count, double mean, double deviation) {

  /** Of these values, at least one. */
  public static Statistic of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a statistic needs at least one value");
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1));
    return new Statistic(values.length, mean, deviation);
  }

  /** The mean, and ± the deviation where there are several values. */
  public String text(int decimals) {
    String number = "%." + decimals + "f";
    return count == 1
        ? String.format(Locale.ROOT, number, mean)
        : String.format(Locale.ROOT, number + " ± " + number, mean, deviation);
  }
}
