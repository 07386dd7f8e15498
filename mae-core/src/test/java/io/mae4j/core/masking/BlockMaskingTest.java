package io.mae4j.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.random.Draws;
import org.junit.jupiter.api.Test;

class BlockMaskingTest {
  private static final PatchGrid GRID = new PatchGrid(14, 14);

  @Test
  void hiddenPatchesHaveFewerVisibleNeighboursThanRandomOnes() {
    assertThat(edges(new BlockMasking())).isLessThan(0.6 * edges(new RandomMasking()));
  }

  /**
   * Mean number of neighbouring pairs, one hidden and one visible, over 200 masks at ratio one
   * half.
   */
  private static double edges(MaskingStrategy strategy) {
    double sum = 0;
    for (int seed = 0; seed < 200; seed++) {
      boolean[] hidden = strategy.draw(GRID, 0.5, new Draws(seed)).hidden();
      for (int patch = 0; patch < hidden.length; patch++) {
        if (patch % 14 < 13 && hidden[patch] != hidden[patch + 1]) {
          sum++;
        }
        if (patch / 14 < 13 && hidden[patch] != hidden[patch + 14]) {
          sum++;
        }
      }
    }
    return sum / 200;
  }
}
