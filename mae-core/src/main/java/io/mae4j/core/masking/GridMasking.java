package io.mae4j.core.masking;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.random.Draws;
import java.util.Arrays;

/**
 * Keeps patches in a regular pattern: at a mask ratio of 0.75 one of each 2×2 cell, as in the
 * paper's ablation (He et al. 2021, figure 6). For any other count the patches are kept in the
 * order of an ordered dither (Bayer 1973), which stays as regular as the count allows. The
 * pattern's phase is drawn for each image.
 */
public final class GridMasking implements MaskingStrategy {
  private static final int LEVELS = 10;

  /** Makes the strategy; it has no settings. */
  public GridMasking() {}

  @Override
  public Mask draw(PatchGrid grid, double maskRatio, Draws random) {
    int shiftRow = random.below(1 << LEVELS);
    int shiftColumn = random.below(1 << LEVELS);
    long[] ranks = new long[grid.patches()];
    for (int patch = 0; patch < ranks.length; patch++) {
      long rank = rank(patch / grid.columns() + shiftRow, patch % grid.columns() + shiftColumn);
      ranks[patch] = rank << Integer.SIZE | patch;
    }
    Arrays.sort(ranks);
    boolean[] hidden = new boolean[ranks.length];
    for (int i = grid.visible(maskRatio); i < ranks.length; i++) {
      hidden[(int) ranks[i]] = true;
    }
    return Mask.ofHidden(hidden);
  }

  /**
   * The threshold of a cell in Bayer's matrix: the low bits of row and column, most significant
   * last.
   */
  private static long rank(int row, int column) {
    long rank = 0;
    for (int level = 0; level < LEVELS; level++) {
      int r = row >> level & 1;
      int c = column >> level & 1;
      rank = rank << 2 | (r ^ c) << 1 | r;
    }
    return rank;
  }
}
