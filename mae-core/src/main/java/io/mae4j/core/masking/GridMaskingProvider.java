package io.mae4j.core.masking;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.MaskingStrategyProvider;

/** Provides {@link GridMasking} as {@code grid}. */
public final class GridMaskingProvider implements MaskingStrategyProvider {

  /** For the service loader. */
  public GridMaskingProvider() {}

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public String description() {
    return "keeps patches in a regular pattern";
  }

  @Override
  public MaskingStrategy create() {
    return new GridMasking();
  }
}
