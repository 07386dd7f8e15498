package io.mae4j.core.masking;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.MaskingStrategyProvider;

/** Provides {@link BlockMasking} as {@code block}. */
public final class BlockMaskingProvider implements MaskingStrategyProvider {

  /** For the service loader. */
  public BlockMaskingProvider() {}

  @Override
  public String name() {
    return "block";
  }

  @Override
  public String description() {
    return "hides large rectangles";
  }

  @Override
  public MaskingStrategy create() {
    return new BlockMasking();
  }
}
