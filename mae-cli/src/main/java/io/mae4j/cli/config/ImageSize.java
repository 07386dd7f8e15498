package io.mae4j.cli.config;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The extents of images.
 *
 * @param height H in pixels
 * @param width W in pixels
 */
public record ImageSize(int height, int width) {

  /** How it is written: {@code 224} for squares, {@code 96x128} (height x width) otherwise. */
  public static final ValueType<ImageSize> TYPE =
      new ValueType<>("N|HxW", ImageSize::parse, ImageSize::toString, java.util.List.of());

  /**
   * The size that an option gives.
   *
   * @throws MaeException of kind USER that names the option
   */
  public static Optional<ImageSize> option(String name, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      throw new MaeException(ErrorKind.USER, name + ": " + e.getMessage(), e);
    }
  }

  private static ImageSize parse(String text) {
    String[] parts = text.strip().split("x", -1);
    try {
      int height = Integer.parseInt(parts[0]);
      int width = parts.length == 1 ? height : Integer.parseInt(parts[1]);
      if (parts.length <= 2) {
        return new ImageSize(height, width);
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither a number of pixels nor HEIGHTxWIDTH", e);
    }
    throw new IllegalArgumentException(
        "'" + text + "' is neither a number of pixels nor HEIGHTxWIDTH");
  }

  @Override
  public String toString() {
    return height == width ? String.valueOf(height) : height + "x" + width;
  }
}
