package io.mae4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatchCutterTest {
  /** 4×6 pixels, 2 channels, patch 2: a value tells its image, channel, row and column. */
  private static final ImageSpec IMAGE = new ImageSpec(4, 6, 2, 2);

  private static float pixel(int image, int channel, int row, int column) {
    return 1000 * image + 100 * channel + 10 * row + column;
  }

  private static Batch batch() {
    float[] values = new float[2 * 2 * 4 * 6];
    int i = 0;
    for (int image = 0; image < 2; image++) {
      for (int channel = 0; channel < 2; channel++) {
        for (int row = 0; row < 4; row++) {
          for (int column = 0; column < 6; column++) {
            values[i++] = pixel(image, channel, row, column);
          }
        }
      }
    }
    return new Batch(4, 6, 2, 0, values, new int[] {0, 1}, new int[] {-1, -1});
  }

  @Test
  void visiblePatchesAreChannelFirstAndHiddenOnesChannelLastInTheOrderOfTheMask() {
    Mask first = Mask.ofOrder(new int[] {4, 0, 1, 2, 3, 5}, 1);
    Mask second = Mask.ofOrder(new int[] {2, 5, 4, 3, 1, 0}, 1);

    Map<String, Array> inputs = new PatchCutter(IMAGE).cut(batch(), List.of(first, second));

    Array visible = inputs.get(MaskedAutoencoder.VISIBLE_PATCHES);
    assertThat(visible.shape()).isEqualTo(Shape.of(2, 1, 8));
    // patch 4 starts at row 2, column 2; patch 2 at row 0, column 4
    assertThat(visible.floats())
        .containsExactly(
            pixel(0, 0, 2, 2),
            pixel(0, 0, 2, 3),
            pixel(0, 0, 3, 2),
            pixel(0, 0, 3, 3),
            pixel(0, 1, 2, 2),
            pixel(0, 1, 2, 3),
            pixel(0, 1, 3, 2),
            pixel(0, 1, 3, 3),
            pixel(1, 0, 0, 4),
            pixel(1, 0, 0, 5),
            pixel(1, 0, 1, 4),
            pixel(1, 0, 1, 5),
            pixel(1, 1, 0, 4),
            pixel(1, 1, 0, 5),
            pixel(1, 1, 1, 4),
            pixel(1, 1, 1, 5));
    Array masked = inputs.get(MaskedAutoencoder.MASKED_PATCHES);
    assertThat(masked.shape()).isEqualTo(Shape.of(2, 5, 8));
    assertThat(masked.floats())
        .startsWith(
            pixel(0, 0, 0, 0),
            pixel(0, 1, 0, 0),
            pixel(0, 0, 0, 1),
            pixel(0, 1, 0, 1),
            pixel(0, 0, 1, 0),
            pixel(0, 1, 1, 0),
            pixel(0, 0, 1, 1),
            pixel(0, 1, 1, 1));
    assertThat(inputs.get(MaskedAutoencoder.VISIBLE_IDS).ints()).containsExactly(4, 2);
    assertThat(inputs.get(MaskedAutoencoder.MASKED_IDS).ints())
        .containsExactly(0, 1, 2, 3, 5, 5, 4, 3, 1, 0);
  }

  @Test
  void wholeImagesAreCutIntoAllPatchesInOrder() {
    Map<String, Array> inputs = new PatchCutter(IMAGE).whole(batch().images(), 2);

    assertThat(inputs.get(MaskedAutoencoder.VISIBLE_IDS).ints())
        .containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
    assertThat(inputs.get(MaskedAutoencoder.VISIBLE_PATCHES).shape()).isEqualTo(Shape.of(2, 6, 8));
  }

  @Test
  void imagesOfAnotherSizeThanTheModelsAreRefused() {
    Batch other = new Batch(2, 2, 1, 0, new float[4], new int[] {0}, new int[] {-1});

    assertThatThrownBy(
            () -> new PatchCutter(IMAGE).cut(other, List.of(Mask.ofOrder(new int[] {0}, 1))))
        .hasMessageContaining("takes images of 4×6×2, got 2×2×1");
  }
}
