package io.mae4j.cli.run;

import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.ImageSize;
import io.mae4j.cli.config.ModelConfig;
import io.mae4j.cli.config.ModelSize;

/** The images that a model is measured with where nothing else is said. */
final class BenchmarkImages {
  private static final ImageSize SMALL = new ImageSize(32, 32);
  private static final ImageSize PUBLISHED = new ImageSize(224, 224);
  private static final int CHANNELS = 3;

  private BenchmarkImages() {}

  /** 32 pixels for tiny, 224 otherwise, in three channels. */
  static ImageSpec of(ModelConfig asked) {
    ImageSize size = asked.inputSize().orElse(asked.size() == ModelSize.TINY ? SMALL : PUBLISHED);
    return new ImageSpec(
        size.height(), size.width(), asked.channels().orElse(CHANNELS), asked.patchFor(size));
  }
}
