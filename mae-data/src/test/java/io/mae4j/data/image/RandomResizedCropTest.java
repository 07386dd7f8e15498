package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomResizedCropTest {
  private static final RandomResizedCrop OFFICIAL = new RandomResizedCrop(0.2, 1);
  private static final int DRAWS = 5000;

  @ParameterizedTest
  @CsvSource({"224, 224", "500, 375", "28, 28", "1, 1", "1, 90", "90, 1", "3, 5"})
  void everyCropLiesInsideOfTheImage(int height, int width) {
    Draws random = new Draws(1);
    for (int i = 0; i < DRAWS; i++) {
      Crop crop = OFFICIAL.choose(height, width, random);
      assertThat(crop.top() + crop.height()).isLessThanOrEqualTo(height);
      assertThat(crop.left() + crop.width()).isLessThanOrEqualTo(width);
    }
  }

  @Test
  void areaAndAspectRatioKeepTheirRange() {
    Draws random = new Draws(2);
    double smallest = 1;
    double largest = 0;
    double narrowest = 9;
    double widest = 0;
    for (int i = 0; i < DRAWS; i++) {
      Crop crop = OFFICIAL.choose(1000, 1000, random);
      double area = crop.height() * crop.width() / 1e6;
      double ratio = crop.width() / (double) crop.height();
      // Sides are rounded to whole pixels: half a pixel of at least 387.
      assertThat(area).isBetween(0.2 * 0.997, 1.0);
      assertThat(ratio).isBetween(0.75 * 0.997, 4 / 3.0 * 1.003);
      smallest = Math.min(smallest, area);
      largest = Math.max(largest, area);
      narrowest = Math.min(narrowest, ratio);
      widest = Math.max(widest, ratio);
    }
    assertThat(smallest).isLessThan(0.205);
    assertThat(largest).isGreaterThan(0.97);
    assertThat(narrowest).isLessThan(0.753);
    assertThat(widest).isGreaterThan(1.328);
  }

  @Test
  void smallCropsLieEverywhere() {
    Draws random = new Draws(3);
    RandomResizedCrop small = new RandomResizedCrop(0.01, 0.01);
    int[] quarters = new int[4];
    for (int i = 0; i < DRAWS; i++) {
      Crop crop = small.choose(1000, 1000, random);
      boolean low = crop.top() + crop.height() / 2 >= 500;
      boolean right = crop.left() + crop.width() / 2 >= 500;
      quarters[(low ? 2 : 0) + (right ? 1 : 0)]++;
    }
    // Four standard deviations of 5000 draws of probability 1/4.
    for (int count : quarters) {
      assertThat(count).isBetween(1250 - 123, 1250 + 123);
    }
  }

  @Test
  void anImageTooNarrowForEveryRatioGivesItsMiddle() {
    assertThat(OFFICIAL.choose(10, 1000, new Draws(4))).isEqualTo(new Crop(0, 493, 10, 13));
    assertThat(OFFICIAL.choose(1000, 9, new Draws(4))).isEqualTo(new Crop(494, 0, 12, 9));
  }

  @Test
  void theWholeImageIsTakenWhenNothingElseIsAllowed() {
    RandomResizedCrop whole = new RandomResizedCrop(1, 1);
    assertThat(whole.choose(28, 28, new Draws(5))).isEqualTo(Crop.whole(28, 28));
  }

  /** A run that is resumed by a later version must go on with the same crops. */
  @Test
  void theSequenceOfASeedIsThis() {
    assertThat(
            IntStream.range(0, 4)
                .mapToObj(i -> OFFICIAL.choose(375, 500, new Randomness(7).draws("crop", 2, i))))
        .containsExactly(
            new Crop(105, 265, 244, 228),
            new Crop(58, 192, 303, 245),
            new Crop(67, 125, 192, 255),
            new Crop(18, 73, 273, 232));
  }

  @Test
  void threadsDrawTheSame() throws InterruptedException {
    List<Crop> expected = draw();
    List<List<Crop>> found = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                List<Crop> crops = draw();
                synchronized (found) {
                  found.add(crops);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(found).hasSize(4).containsOnly(expected);
  }

  private static List<Crop> draw() {
    List<Crop> crops = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      crops.add(OFFICIAL.choose(375, 500, new Randomness(1).draws("crop", 0, i)));
    }
    return crops;
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-0.1, 1", "0.5, 0.4", "0.2, 1.1", "NaN, 1", "0.2, NaN"})
  void impossibleSharesAreRefused(double min, double max) {
    assertThatThrownBy(() -> new RandomResizedCrop(min, max))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("crop scale must be 0 < min ≤ max ≤ 1");
  }
}
