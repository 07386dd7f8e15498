package io.mae4j.data.image;

import io.mae4j.api.random.Draws;

/** How training images are cut to the model's size. */
@FunctionalInterface
public interface Cropping {

  /**
   * What becomes of an image.
   *
   * @param source the rectangle of the image that is taken
   * @param height to which it is resized, in pixels
   * @param width to which it is resized, in pixels
   * @param window the part of the resized rectangle that is kept, of the model's size
   */
  record Cut(Crop source, int height, int width, Crop window) {}

  /**
   * Decides how an image is cut.
   *
   * @param imageHeight its height in pixels
   * @param imageWidth its width in pixels
   * @param height the model's
   * @param width the model's
   * @param random decides what is left to chance
   */
  Cut cut(int imageHeight, int imageWidth, int height, int width, Draws random);
}
