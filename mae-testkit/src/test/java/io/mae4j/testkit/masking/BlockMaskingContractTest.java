package io.mae4j.testkit.masking;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.core.masking.BlockMasking;

class BlockMaskingContractTest extends MaskingStrategyContract {
  @Override
  protected MaskingStrategy strategy() {
    return new BlockMasking();
  }
}
