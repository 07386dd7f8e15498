package io.mae4j.eval.ablation;

/**
 * Something that is measured of a training.
 *
 * @param name for tables, with its unit, for example {@code loss} or {@code training s}
 * @param decimals how many are worth showing
 * @param accuracy whether it is an accuracy in percent, of which more is better
 */
public record Measure(String name, int decimals, boolean accuracy) {}
