package io.mae4j.data.augment;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.random.Draws;

/**
 * Random erasing (Zhong et al. 2020) as the official fine-tuning uses it: in some images a
 * rectangle of 2 to 33 % of the area, up to about three times as high as wide or the other way
 * round, is replaced by normally distributed noise, a number for each value.
 *
 * @param probability how often, 0..1
 */
public record RandomErasing(double probability) {
  /** Leaves everything. */
  public static final RandomErasing NONE = new RandomErasing(0);

  private static final double LEAST_AREA = 0.02;
  private static final double MOST_AREA = 1.0 / 3;
  private static final double LEAST_ASPECT = 0.3;
  private static final int ATTEMPTS = 10;

  /** Checks the probability. */
  public RandomErasing {
    if (!(probability >= 0 && probability <= 1)) {
      throw MaeException.user("reprob must be 0 to 1, got " + probability);
    }
  }

  /**
   * Erases in place.
   *
   * @param images holds C·H·W normalised values of an image
   * @param offset where they begin
   * @param channels C
   * @param height H in pixels
   * @param width W in pixels
   * @param random makes all choices
   */
  public void apply(float[] images, int offset, int channels, int height, int width, Draws random) {
    if (probability == 0 || random.unit() >= probability) {
      return;
    }
    double longest = StrictMath.log(1 / LEAST_ASPECT);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = (LEAST_AREA + (MOST_AREA - LEAST_AREA) * random.unit()) * height * width;
      double aspect = StrictMath.exp(longest * (2 * random.unit() - 1));
      int rows = (int) Math.rint(Math.sqrt(area * aspect));
      int columns = (int) Math.rint(Math.sqrt(area / aspect));
      if (rows < height && columns < width) {
        int top = random.below(height - rows + 1);
        int left = random.below(width - columns + 1);
        for (int c = 0; c < channels; c++) {
          for (int row = top; row < top + rows; row++) {
            int from = offset + (c * height + row) * width + left;
            for (int i = from; i < from + columns; i++) {
              images[i] = (float) random.gaussian();
            }
          }
        }
        return;
      }
    }
  }
}
