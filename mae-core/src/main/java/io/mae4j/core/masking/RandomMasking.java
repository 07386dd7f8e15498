package io.mae4j.core.masking;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.random.Draws;
import java.util.Arrays;

/**
 * Hides patches uniformly at random, without replacement: each patch gets a noise value, and those
 * with the smallest stay visible, in ascending order of it (He et al. 2021, section 3).
 */
public final class RandomMasking implements MaskingStrategy {

  /** Makes the strategy; it has no settings. */
  public RandomMasking() {}

  @Override
  public Mask draw(PatchGrid grid, double maskRatio, Draws random) {
    int patches = grid.patches();
    // The index stands in the low bits of the noise, so that one sort of numbers is the argsort.
    long indexBits = (1L << (Integer.SIZE - Integer.numberOfLeadingZeros(patches))) - 1;
    long[] noise = new long[patches];
    for (int i = 0; i < patches; i++) {
      noise[i] = (random.word() & ~indexBits) | i;
    }
    Arrays.sort(noise);
    int[] order = new int[patches];
    for (int i = 0; i < patches; i++) {
      order[i] = (int) (noise[i] & indexBits);
    }
    return Mask.ofOrder(order, grid.visible(maskRatio));
  }
}
