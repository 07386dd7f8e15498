package io.mae4j.eval.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class RebuiltComparisonTest {
  private static final ImageSpec SPEC = new ImageSpec(2, 4, 1, 2);
  private static final int GREY = 0xff9aa5b1;

  /** White where it was hidden, black where it was visible; rebuilt as a level. */
  private static RebuiltComparison.Block block(String name, boolean firstHidden, float level) {
    float first = firstHidden ? 1 : 0;
    float second = 1 - first;
    float[] original = {first, first, second, second, first, first, second, second};
    float[] rebuilt = original.clone();
    for (int i = 0; i < rebuilt.length; i++) {
      rebuilt[i] = original[i] == 1 ? level : 0;
    }
    RebuiltImage image =
        new RebuiltImage(
            SPEC, Mask.ofHidden(new boolean[] {firstHidden, !firstHidden}), original, rebuilt);
    return new RebuiltComparison.Block(
        name, new ReconstructionPicture(List.of(image, image), false, ""));
  }

  @Test
  void originalsStandAboveABlockForEachModel() {
    BufferedImage picture =
        new RebuiltComparison(List.of(block("one", true, .2f), block("two", false, .6f))).draw();
    int line = 17;
    int strip = 56 + 8;
    int titled = line + 8 + strip;
    assertThat(picture.getHeight()).isEqualTo(2 * 16 + 3 * titled + 2 * strip);
    int x = 16 + 10;
    int right = x + 56;
    int original = 16 + line + 8 + 10;
    assertThat(picture.getRGB(x, original)).isEqualTo(0xffffffff);
    int saw = original + titled;
    assertThat(picture.getRGB(x, saw)).isEqualTo(GREY);
    assertThat(picture.getRGB(right, saw)).isEqualTo(0xff000000);
    int rebuilt = saw + strip;
    assertThat(picture.getRGB(x, rebuilt)).isEqualTo(0xff333333);
    assertThat(picture.getRGB(right, rebuilt)).isEqualTo(0xff000000);
    int other = rebuilt + titled;
    assertThat(picture.getRGB(x, other)).isEqualTo(0xff000000);
    assertThat(picture.getRGB(right, other)).isEqualTo(GREY);
    assertThat(picture.getRGB(right, other + strip)).isEqualTo(0xff999999);
    // the second image of the same strip
    assertThat(picture.getRGB(x + 112 + 8, rebuilt)).isEqualTo(0xff333333);
  }

  @Test
  void needsAModel() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RebuiltComparison(List.of()));
  }
}
