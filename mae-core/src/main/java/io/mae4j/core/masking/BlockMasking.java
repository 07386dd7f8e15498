package io.mae4j.core.masking;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.random.Draws;

/**
 * Hides rectangles until the count is reached, as BEiT does (Bao et al. 2021, algorithm 1): areas
 * from a twelfth of the image up to what is still to be hidden, aspect ratios log-uniform in 0.3 to
 * 1/0.3. A rectangle that would hide too much is not taken; when none fits any more, the rest is
 * hidden patch by patch at the edge of what is hidden, so that the count is exact.
 */
public final class BlockMasking implements MaskingStrategy {
  private static final double MIN_ASPECT = 0.3;
  private static final int SMALLEST_SHARE = 12;
  private static final int ATTEMPTS = 10;

  /** Makes the strategy; it has no settings. */
  public BlockMasking() {}

  @Override
  public Mask draw(PatchGrid grid, double maskRatio, Draws random) {
    boolean[] hidden = new boolean[grid.patches()];
    int left = grid.patches() - grid.visible(maskRatio);
    int smallest = Math.max(1, grid.patches() / SMALLEST_SHARE);
    int failures = 0;
    while (left > 0 && failures < ATTEMPTS) {
      int hiddenNow = tryRectangle(grid, hidden, smallest, left, random);
      left -= hiddenNow;
      failures = hiddenNow == 0 ? failures + 1 : 0;
    }
    while (left > 0) {
      hideAtEdge(grid, hidden, random);
      left--;
    }
    return Mask.ofHidden(hidden);
  }

  /**
   * Hides a random rectangle if it hides between one and the allowed number of patches; tells how
   * many it hid.
   */
  private static int tryRectangle(
      PatchGrid grid, boolean[] hidden, int smallest, int allowed, Draws random) {
    double area = smallest + random.unit() * Math.max(0, allowed - smallest);
    double aspect = StrictMath.exp((2 * random.unit() - 1) * StrictMath.log(1 / MIN_ASPECT));
    int height = (int) Math.max(1, Math.round(Math.sqrt(area * aspect)));
    int width = (int) Math.max(1, Math.round(Math.sqrt(area / aspect)));
    if (height > grid.rows() || width > grid.columns()) {
      return 0;
    }
    int top = random.below(grid.rows() - height + 1);
    int left = random.below(grid.columns() - width + 1);
    int fresh = 0;
    for (int row = top; row < top + height; row++) {
      for (int column = left; column < left + width; column++) {
        fresh += hidden[row * grid.columns() + column] ? 0 : 1;
      }
    }
    if (fresh == 0 || fresh > allowed) {
      return 0;
    }
    for (int row = top; row < top + height; row++) {
      for (int column = left; column < left + width; column++) {
        hidden[row * grid.columns() + column] = true;
      }
    }
    return fresh;
  }

  /**
   * Hides one visible patch beside a hidden one, or any where nothing is hidden yet; each such
   * patch is equally likely.
   */
  private static void hideAtEdge(PatchGrid grid, boolean[] hidden, Draws random) {
    int chosen = -1;
    int edge = 0;
    int chosenAnywhere = -1;
    int visible = 0;
    for (int patch = 0; patch < hidden.length; patch++) {
      if (!hidden[patch]) {
        visible++;
        if (random.below(visible) == 0) {
          chosenAnywhere = patch;
        }
        if (touchesHidden(grid, hidden, patch)) {
          edge++;
          if (random.below(edge) == 0) {
            chosen = patch;
          }
        }
      }
    }
    hidden[edge > 0 ? chosen : chosenAnywhere] = true;
  }

  private static boolean touchesHidden(PatchGrid grid, boolean[] hidden, int patch) {
    int columns = grid.columns();
    int row = patch / columns;
    int column = patch % columns;
    return (row > 0 && hidden[patch - columns])
        || (row < grid.rows() - 1 && hidden[patch + columns])
        || (column > 0 && hidden[patch - 1])
        || (column < columns - 1 && hidden[patch + 1]);
  }
}
