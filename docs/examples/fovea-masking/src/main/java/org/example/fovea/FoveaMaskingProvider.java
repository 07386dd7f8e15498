package org.example.fovea;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.MaskingStrategyProvider;

/** What mae4j finds in the jar: the name for {@code --masking fovea} and the strategy behind it. */
public final class FoveaMaskingProvider implements MaskingStrategyProvider {

  /** For the service loader. */
  public FoveaMaskingProvider() {}

  @Override
  public String name() {
    return "fovea";
  }

  @Override
  public String description() {
    return "keeps the patches nearest to a random point, as an eye sees sharply in one place";
  }

  @Override
  public MaskingStrategy create() {
    return new FoveaMasking();
  }
}
