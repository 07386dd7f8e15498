package io.mae4j.data.image;

import io.mae4j.api.random.Draws;

/**
 * A window of the model's size in an image whose shorter side was resized to 256/224 of the
 * model's, or to the model's own above 224 pixels. In the centre it is the evaluation of the
 * published recipe, which takes an image that already has the model's size as it is.
 *
 * @param centred whether the window lies in the centre; otherwise anywhere, all places alike
 */
public record MarginCrop(boolean centred) implements Cropping {
  private static final int MARGIN_UP_TO = 224;

  @Override
  public Cut cut(int imageHeight, int imageWidth, int height, int width, Draws random) {
    Crop whole = Crop.whole(imageHeight, imageWidth);
    if (centred && imageHeight == height && imageWidth == width) {
      return new Cut(whole, height, width, whole);
    }
    int minHeight = withMargin(height);
    int minWidth = withMargin(width);
    int resizedHeight = minHeight;
    int resizedWidth = minWidth;
    if ((long) minHeight * imageWidth <= (long) minWidth * imageHeight) {
      resizedHeight = (int) ((long) minWidth * imageHeight / imageWidth);
    } else {
      resizedWidth = (int) ((long) minHeight * imageWidth / imageHeight);
    }
    Crop window =
        centred
            ? Crop.centre(resizedHeight, resizedWidth, height, width)
            : new Crop(
                random.below(resizedHeight - height + 1),
                random.below(resizedWidth - width + 1),
                height,
                width);
    return new Cut(whole, resizedHeight, resizedWidth, window);
  }

  private static int withMargin(int side) {
    return side <= MARGIN_UP_TO ? (int) (side / (224 / 256.0)) : side;
  }
}
