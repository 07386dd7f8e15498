package io.mae4j.api.data;

import io.mae4j.api.model.ImageSpec;

/**
 * Images ready for a model, at least one.
 *
 * @param height H in pixels
 * @param width W in pixels
 * @param channels C
 * @param epoch the epoch it belongs to, 0-based
 * @param images B·C·H·W normalised values in the order image, channel, row, column
 * @param indices the images' places in their data set [B]
 * @param labels their classes [B], or {@link Dataset#UNLABELLED}
 */
public record Batch(
    int height, int width, int channels, int epoch, float[] images, int[] indices, int[] labels) {

  /** Checks the lengths. */
  public Batch {
    if (indices.length == 0
        || (long) indices.length * channels * height * width != images.length
        || labels.length != indices.length) {
      throw new IllegalArgumentException(
          "batch of "
              + indices.length
              + " images with "
              + images.length
              + " values and "
              + labels.length
              + " labels");
    }
  }

  /** The same with images of its own. */
  public Batch copy() {
    return new Batch(height, width, channels, epoch, images.clone(), indices, labels);
  }

  /** B. */
  public int size() {
    return indices.length;
  }

  /** Whether the images are what a model takes. */
  public boolean fits(ImageSpec image) {
    return height == image.height() && width == image.width() && channels == image.channels();
  }
}
