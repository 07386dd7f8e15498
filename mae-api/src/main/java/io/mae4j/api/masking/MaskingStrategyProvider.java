package io.mae4j.api.masking;

/** A masking strategy that was found by {@link java.util.ServiceLoader}. */
public interface MaskingStrategyProvider {

  /** Its name in configurations, lower case with hyphens, for example {@code random}. */
  String name();

  /** One line for people. */
  String description();

  /** Makes the strategy. */
  MaskingStrategy create();
}
