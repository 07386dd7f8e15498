package io.mae4j.core.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.random.Draws;
import org.junit.jupiter.api.Test;

class GridMaskingTest {

  @Test
  void threeQuartersHiddenKeepsOnePatchOfEachCell() {
    PatchGrid grid = new PatchGrid(6, 8);
    for (int seed = 0; seed < 20; seed++) {
      Mask mask = new GridMasking().draw(grid, 0.75, new Draws(seed));
      boolean[] hidden = mask.hidden();
      for (int row = 0; row < 6; row += 2) {
        for (int column = 0; column < 8; column += 2) {
          int corner = row * 8 + column;
          int kept = 0;
          for (int patch : new int[] {corner, corner + 1, corner + 8, corner + 9}) {
            kept += hidden[patch] ? 0 : 1;
          }
          assertThat(kept).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void halfHiddenIsACheckerboard() {
    Mask mask = new GridMasking().draw(new PatchGrid(4, 4), 0.5, new Draws(3));
    boolean[] hidden = mask.hidden();
    for (int patch = 0; patch < 16; patch++) {
      boolean even = (patch / 4 + patch % 4) % 2 == 0;
      assertThat(hidden[patch]).isEqualTo(even == hidden[0]);
    }
  }
}
