package io.mae4j.cli.config;

/**
 * What is hidden.
 *
 * @param strategy the name of the masking strategy
 * @param ratio the share of hidden patches
 */
public record MaskingConfig(String strategy, double ratio) {

  /** Checks the ratio. */
  public MaskingConfig {
    new Check()
        .that(ratio > 0 && ratio < 1, "mask-ratio", "must be above 0 and below 1", ratio)
        .done();
  }
}
