package io.mae4j.data.image;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.random.Draws;

/**
 * Chooses a rectangle as torchvision's {@code RandomResizedCrop.get_params} does: its area is a
 * uniform share of the image's, its aspect ratio log-uniform between 3/4 and 4/3; after ten that
 * don't fit, the largest in the middle.
 *
 * @param minScale the smallest share of the area, above 0; the published recipe has 0.2
 * @param maxScale the largest share of the area, at most 1
 */
public record RandomResizedCrop(double minScale, double maxScale) implements Cropping {
  private static final double MIN_RATIO = 3.0 / 4.0;
  private static final double MAX_RATIO = 4.0 / 3.0;
  private static final int ATTEMPTS = 10;

  /** Checks the shares. */
  public RandomResizedCrop {
    if (!(minScale > 0 && minScale <= maxScale && maxScale <= 1)) {
      throw MaeException.user(
          "crop scale must be 0 < min ≤ max ≤ 1, got " + minScale + " to " + maxScale);
    }
  }

  @Override
  public Cut cut(int imageHeight, int imageWidth, int height, int width, Draws random) {
    Crop chosen = choose(imageHeight, imageWidth, random);
    return new Cut(chosen, height, width, Crop.whole(height, width));
  }

  /** A rectangle of an image of this size. */
  public Crop choose(int imageHeight, int imageWidth, Draws random) {
    double area = (double) imageHeight * imageWidth;
    double minLog = StrictMath.log(MIN_RATIO);
    double maxLog = StrictMath.log(MAX_RATIO);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double target = area * random.uniform(minScale, maxScale);
      double ratio = StrictMath.exp(random.uniform(minLog, maxLog));
      double width = Math.rint(Math.sqrt(target * ratio));
      double height = Math.rint(Math.sqrt(target / ratio));
      if (width > 0 && width <= imageWidth && height > 0 && height <= imageHeight) {
        int top = random.below(imageHeight - (int) height + 1);
        int left = random.below(imageWidth - (int) width + 1);
        return new Crop(top, left, (int) height, (int) width);
      }
    }
    return fallback(imageHeight, imageWidth);
  }

  private static Crop fallback(int imageHeight, int imageWidth) {
    double ratio = (double) imageWidth / imageHeight;
    int height = imageHeight;
    int width = imageWidth;
    if (ratio < MIN_RATIO) {
      height = (int) Math.rint(width / MIN_RATIO);
    } else if (ratio > MAX_RATIO) {
      width = (int) Math.rint(height * MAX_RATIO);
    }
    return new Crop((imageHeight - height) / 2, (imageWidth - width) / 2, height, width);
  }
}
