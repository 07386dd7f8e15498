package io.mae4j.api.masking;

import io.mae4j.api.error.MaeException;

/**
 * The patches of an image as a grid. Patch i lies in row i / columns and column i % columns.
 *
 * @param rows patches from top to bottom, at least 1
 * @param columns patches from left to right, at least 1
 */
public record PatchGrid(int rows, int columns) {

  /** Checks the extents. */
  public PatchGrid {
    if (rows < 1 || columns < 1) {
      throw MaeException.user(
          "a patch grid needs at least one row and column, got " + rows + " × " + columns);
    }
  }

  /** N, the number of patches. */
  public int patches() {
    return rows * columns;
  }

  /**
   * How many patches stay visible at a mask ratio: {@code (int) (N·(1 − ratio))} in double
   * arithmetic, as the official code computes it.
   *
   * @param maskRatio the share of hidden patches, 0 or more and below 1
   * @throws MaeException of kind USER if the ratio is out of range or leaves no patch visible
   */
  public int visible(double maskRatio) {
    if (!(maskRatio >= 0 && maskRatio < 1)) {
      throw MaeException.user("mask ratio must be at least 0 and below 1, got " + maskRatio);
    }
    int visible = (int) (patches() * (1 - maskRatio));
    if (visible < 1) {
      throw MaeException.user(
          "mask ratio "
              + maskRatio
              + " leaves none of "
              + patches()
              + " patches visible; take a lower one");
    }
    return visible;
  }
}
