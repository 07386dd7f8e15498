package org.example.fovea;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.random.Draws;
import org.junit.jupiter.api.Test;

class FoveaMaskingTest {

  @Test
  void keepsExactlyTheCountTheRatioAsksFor() {
    PatchGrid grid = new PatchGrid(7, 9);
    Mask mask = new FoveaMasking().draw(grid, 0.75, new Draws(1));

    assertEquals(grid.visible(0.75), mask.visible().length);
  }

  @Test
  void visiblePatchesLieTogether() {
    PatchGrid grid = new PatchGrid(8, 8);
    for (int seed = 0; seed < 50; seed++) {
      boolean[] hidden = new FoveaMasking().draw(grid, 0.9, new Draws(seed)).hidden();
      for (int patch = 0; patch < 64; patch++) {
        assertTrue(hidden[patch] || hasVisibleNeighbour(hidden, patch), "patch " + patch + " stands alone");
      }
    }
  }

  private static boolean hasVisibleNeighbour(boolean[] hidden, int patch) {
    int column = patch % 8;
    return (column > 0 && !hidden[patch - 1])
        || (column < 7 && !hidden[patch + 1])
        || (patch >= 8 && !hidden[patch - 8])
        || (patch < 56 && !hidden[patch + 8]);
  }
}
