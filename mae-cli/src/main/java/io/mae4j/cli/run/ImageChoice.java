package io.mae4j.cli.run;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.cli.config.ImageSize;
import io.mae4j.cli.config.ModelConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides the images of a model by looking at some of the data: small images of one size keep it,
 * all others become 224 pixels; grey ones keep one channel.
 */
final class ImageChoice {
  private static final int LOOKED_AT = 8;
  private static final int LARGEST_KEPT = 128;
  private static final int PUBLISHED_SIZE = 224;
  private static final int COLOURS = 3;

  private ImageChoice() {}

  static ImageSpec of(ModelConfig config, Dataset data) {
    if (config.inputSize().isPresent() && config.channels().isPresent()) {
      ImageSize size = config.inputSize().get();
      return spec(config, size, config.channels().get());
    }
    List<PixelImage> images =
        IntStream.range(0, LOOKED_AT)
            .map(i -> (int) ((long) i * data.size() / LOOKED_AT))
            .distinct()
            .mapToObj(index -> read(data, index))
            .flatMap(Optional::stream)
            .toList();
    if (images.isEmpty()) {
      throw MaeException.data("none of the images looked at in " + data.name() + " can be read");
    }
    PixelImage first = images.get(0);
    boolean uniform =
        images.stream()
            .allMatch(image -> image.height() == first.height() && image.width() == first.width());
    boolean grey = images.stream().allMatch(image -> image.channels() == 1);
    boolean kept = uniform && Math.max(first.height(), first.width()) <= LARGEST_KEPT;
    ImageSize size =
        config
            .inputSize()
            .orElse(
                kept
                    ? new ImageSize(first.height(), first.width())
                    : new ImageSize(PUBLISHED_SIZE, PUBLISHED_SIZE));
    return spec(config, size, config.channels().orElse(grey ? 1 : COLOURS));
  }

  private static ImageSpec spec(ModelConfig config, ImageSize size, int channels) {
    return new ImageSpec(size.height(), size.width(), channels, config.patchFor(size));
  }

  /** An image, unless it is damaged. */
  static Optional<PixelImage> read(Dataset data, int index) {
    try {
      return Optional.of(data.read(index));
    } catch (MaeException e) {
      if (e.kind() == ErrorKind.DATA) {
        return Optional.empty(); // damaged images are reported and counted when they are trained on
      }
      throw e;
    }
  }
}
