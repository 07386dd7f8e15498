package io.mae4j.api.model;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.masking.PatchGrid;

/**
 * The images of a model and how they are cut.
 *
 * @param height H in pixels
 * @param width W in pixels
 * @param channels C
 * @param patch P, the side of a square patch in pixels; divides height and width
 */
public record ImageSpec(int height, int width, int channels, int patch) {

  /** Checks that patches fit. */
  public ImageSpec {
    if (height < 1 || width < 1 || channels < 1 || patch < 1) {
      throw MaeException.user(
          "image size, channels and patch must be at least 1, got "
              + height
              + "×"
              + width
              + "×"
              + channels
              + ", patch "
              + patch);
    }
    if (height % patch != 0 || width % patch != 0) {
      throw MaeException.user(
          "image size " + height + "×" + width + " is not divisible by patch " + patch);
    }
  }

  /** The patches as a grid. */
  public PatchGrid grid() {
    return new PatchGrid(height / patch, width / patch);
  }

  /** P²C, the values of one patch. */
  public int patchValues() {
    return patch * patch * channels;
  }
}
