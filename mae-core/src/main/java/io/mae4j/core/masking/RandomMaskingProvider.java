package io.mae4j.core.masking;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.MaskingStrategyProvider;

/** Provides {@link RandomMasking} as {@code random}. */
public final class RandomMaskingProvider implements MaskingStrategyProvider {

  /** For the service loader. */
  public RandomMaskingProvider() {}

  @Override
  public String name() {
    return "random";
  }

  @Override
  public String description() {
    return "hides patches uniformly at random, as the published recipe does";
  }

  @Override
  public MaskingStrategy create() {
    return new RandomMasking();
  }
}
