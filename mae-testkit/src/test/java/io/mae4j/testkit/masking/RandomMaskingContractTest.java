package io.mae4j.testkit.masking;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.core.masking.RandomMasking;

class RandomMaskingContractTest extends MaskingStrategyContract {
  @Override
  protected MaskingStrategy strategy() {
    return new RandomMasking();
  }
}
