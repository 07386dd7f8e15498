package io.mae4j.testkit.masking;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.core.masking.GridMasking;

class GridMaskingContractTest extends MaskingStrategyContract {
  @Override
  protected MaskingStrategy strategy() {
    return new GridMasking();
  }
}
