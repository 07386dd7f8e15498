package org.example.fovea;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.testkit.masking.MaskingStrategyContract;

class FoveaMaskingContractTest extends MaskingStrategyContract {
  @Override
  protected MaskingStrategy strategy() {
    return new FoveaMasking();
  }
}
