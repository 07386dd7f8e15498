package io.mae4j.eval.compare;

import io.mae4j.api.data.Batch;
import io.mae4j.api.model.ImageSpec;

/**
 * The baseline without a model: an image's values themselves. Images with more than 64 pixels to a
 * side are averaged over equal squares first, since tables of whole photographs fit no memory.
 */
public final class RawPixels implements Representation {
  private static final int MOST_SIDE = 64;

  private final ImageSpec image;
  private final int square;

  /** Takes the images that the encoder takes. */
  public RawPixels(ImageSpec image) {
    this.image = image;
    int side = 1;
    int longer = Math.max(image.height(), image.width());
    while (side < longer
        && (longer > MOST_SIDE * side || image.height() % side != 0 || image.width() % side != 0)) {
      side++;
    }
    this.square = image.height() % side == 0 && image.width() % side == 0 ? side : 1;
  }

  @Override
  public String name() {
    return "raw pixels";
  }

  @Override
  public String detail() {
    return square == 1 ? "all values" : "means of " + square + "×" + square + " pixels";
  }

  @Override
  public int width() {
    return image.channels() * (image.height() / square) * (image.width() / square);
  }

  @Override
  public float[] encode(Batch batch) {
    if (!batch.fits(image)) {
      throw new IllegalArgumentException(
          "images of "
              + batch.height()
              + "×"
              + batch.width()
              + "×"
              + batch.channels()
              + " for "
              + image);
    }
    if (square == 1) {
      return batch.images().clone();
    }
    int columns = image.width() / square;
    int rows = image.height() / square;
    float[] means = new float[batch.size() * width()];
    for (int i = 0; i < means.length; i++) {
      int left = i % columns * square;
      int top = i / columns % rows * square;
      int plane = i / columns / rows;
      double sum = 0;
      for (int y = top; y < top + square; y++) {
        for (int x = left; x < left + square; x++) {
          sum += batch.images()[(plane * image.height() + y) * image.width() + x];
        }
      }
      means[i] = (float) (sum / (square * square));
    }
    return means;
  }
}
