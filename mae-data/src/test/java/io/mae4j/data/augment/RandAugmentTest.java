package io.mae4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.random.Draws;
import io.mae4j.data.image.Resources;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandAugmentTest {
  private static final int[] FILL = {124, 116, 104};

  @Test
  void readsTimmsNotation() {
    assertThat(RandAugment.parse("rand-m9-mstd0.5-inc1")).isEqualTo(RandAugment.official());
    assertThat(RandAugment.parse("rand-n3-m4")).isEqualTo(new RandAugment(4, 0, 3, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "original", "rand-x9", "rand-m", "rand-m11", "rand-n0", "augmix-m3"})
  void refusesWhatItDoesNotKnow(String text) {
    assertThatThrownBy(() -> RandAugment.parse(text)).isInstanceOf(MaeException.class);
  }

  /** What timm's level functions give at level 9 of 10, increasing and not. */
  @Test
  void levelsMeanWhatTheyMeanInTimm() {
    PixelImage image = Resources.source(3);
    assertSame(Distortion.POSTERIZE, true, Tones.posterize(image, 1));
    assertSame(Distortion.POSTERIZE, false, Tones.posterize(image, 3));
    assertSame(Distortion.SOLARIZE, true, Tones.solarize(image, 26));
    assertSame(Distortion.SOLARIZE, false, Tones.solarize(image, 230));
    assertSame(Distortion.SOLARIZE_ADD, true, Tones.solarizeAdd(image, 99));
    assertSame(Distortion.COLOR, false, Tones.color(image, 1.72));
    assertEither(Distortion.CONTRAST, Tones.contrast(image, 1.81), Tones.contrast(image, 1 - 0.81));
    assertEither(
        Distortion.SHEAR_X,
        Warp.shearX(0.27).apply(image, FILL),
        Warp.shearX(-0.27).apply(image, FILL));
    double pixels = 0.9 * 0.45 * image.height();
    assertEither(
        Distortion.TRANSLATE_Y,
        Warp.translation(0, pixels).apply(image, FILL),
        Warp.translation(0, -pixels).apply(image, FILL));
    assertEither(
        Distortion.ROTATE,
        Warp.rotation(27, image.height(), image.width()).apply(image, FILL),
        Warp.rotation(-27, image.height(), image.width()).apply(image, FILL));
  }

  private static PixelImage at9(Distortion distortion, boolean increasing, long seed) {
    Draws random = new Draws(seed);
    return distortion.apply(
        Resources.source(3), new Distortion.Hand(0.9, increasing, FILL, random));
  }

  private static void assertSame(Distortion distortion, boolean increasing, PixelImage expected) {
    assertThat(at9(distortion, increasing, 1).samples()).isEqualTo(expected.samples());
  }

  /** Both signs come up, and nothing else. */
  private static void assertEither(Distortion distortion, PixelImage one, PixelImage other) {
    boolean[] seen = new boolean[2];
    for (int seed = 0; seed < 12; seed++) {
      byte[] samples = at9(distortion, true, seed).samples();
      seen[0] |= Arrays.equals(samples, one.samples());
      seen[1] |= Arrays.equals(samples, other.samples());
      assertThat(Arrays.equals(samples, one.samples()) || Arrays.equals(samples, other.samples()))
          .as("%s", distortion)
          .isTrue();
    }
    assertThat(seen).containsOnly(true);
  }

  @Test
  void aQuarterOfTheImagesStaysAsItIsAndTheRestDependsOnTheSeedAlone() {
    PixelImage image = small();
    int unchanged = 0;
    int images = 2000;
    for (int seed = 0; seed < images; seed++) {
      byte[] once = RandAugment.official().apply(image, FILL, new Draws(seed)).samples();
      byte[] again = RandAugment.official().apply(image, FILL, new Draws(seed)).samples();
      assertThat(once).isEqualTo(again);
      unchanged += Arrays.equals(once, image.samples()) ? 1 : 0;
    }
    // Two changes, each with probability one half; four standard deviations.
    assertThat(unchanged / (double) images).isCloseTo(0.25, within(0.04));
  }

  /** Neither black nor white nor even, so that no change leaves it as it is. */
  private static PixelImage small() {
    Draws random = new Draws(3);
    byte[] samples = new byte[24 * 20 * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (20 + random.below(100) + random.below(80));
    }
    return new PixelImage(24, 20, 3, samples);
  }
}
