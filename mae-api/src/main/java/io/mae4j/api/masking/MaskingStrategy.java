package io.mae4j.api.masking;

import io.mae4j.api.random.Draws;

/**
 * A way to choose the hidden patches of an image. Must be safe for several threads at once and must
 * draw all its randomness from what it is given, so that a run can be repeated.
 */
public interface MaskingStrategy {

  /**
   * Draws the mask of one image. Exactly {@link PatchGrid#visible} patches must stay visible, so
   * that every image of a batch has the same count.
   *
   * @param grid the image's patches
   * @param maskRatio the share of hidden patches
   * @param random the source of randomness for this image
   */
  Mask draw(PatchGrid grid, double maskRatio, Draws random);
}
