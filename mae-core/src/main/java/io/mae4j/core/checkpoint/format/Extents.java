package io.mae4j.core.checkpoint.format;

import io.mae4j.api.model.ImageSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Image sizes as configurations write them: one number, or height and width. */
final class Extents {
  private Extents() {}

  static Optional<ModelHints.Extent> of(@Nullable Object value) {
    if (value instanceof Integer side && side > 0) {
      return Optional.of(new ModelHints.Extent(side, side));
    }
    if (value instanceof List<?> sides
        && sides.size() == 2
        && sides.get(0) instanceof Integer height
        && sides.get(1) instanceof Integer width
        && height > 0
        && width > 0) {
      return Optional.of(new ModelHints.Extent(height, width));
    }
    return Optional.empty();
  }

  /** One number for squares, height and width otherwise. */
  static Object write(ImageSpec image) {
    return image.height() == image.width()
        ? image.height()
        : List.of(image.height(), image.width());
  }
}
