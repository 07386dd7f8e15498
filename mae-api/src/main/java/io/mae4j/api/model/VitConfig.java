package io.mae4j.api.model;

import io.mae4j.api.error.MaeException;

/**
 * A stack of transformer blocks.
 *
 * @param width D, divisible by heads and by 4 (the position embedding needs quarters)
 * @param depth number of blocks, at least 1
 * @param heads attention heads
 * @param mlpRatio hidden width of the MLP as a multiple of D
 * @param normEps what layer norms add to the variance; 1e-6 in the published model
 */
public record VitConfig(int width, int depth, int heads, double mlpRatio, double normEps) {
  /** Of every layer norm of the published model. */
  public static final double PUBLISHED_NORM_EPS = 1e-6;

  /** Blocks with the layer norms of the published model. */
  public VitConfig(int width, int depth, int heads, double mlpRatio) {
    this(width, depth, heads, mlpRatio, PUBLISHED_NORM_EPS);
  }

  /** Checks the numbers. */
  public VitConfig {
    if (width < 1 || depth < 1 || heads < 1 || !(mlpRatio > 0)) {
      throw MaeException.user(
          "width, depth, heads and mlp ratio must be positive, got "
              + width
              + "/"
              + depth
              + "/"
              + heads
              + ", "
              + mlpRatio);
    }
    if (!(normEps > 0)) {
      throw MaeException.user("the layer norms' eps must be positive, got " + normEps);
    }
    if (width % heads != 0) {
      throw MaeException.user("width " + width + " is not divisible by heads " + heads);
    }
    if (width % 4 != 0) {
      throw MaeException.user(
          "width " + width + " is not divisible by 4, which the position embedding needs");
    }
  }

  /** Hidden width of the MLP. */
  public int hidden() {
    return (int) (width * mlpRatio);
  }
}
