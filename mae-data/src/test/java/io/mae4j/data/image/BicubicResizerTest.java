package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.PixelImage;
import io.mae4j.testkit.model.Figures;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BicubicResizerTest {

  @TestFactory
  @Tag("official")
  List<DynamicTest> aCropIsResizedAsPillowResizesTheCutOutPicture() {
    BicubicResizer resizer = new BicubicResizer();
    return Resources.table("crops.tsv").stream()
        .map(
            row -> {
              int[] numbers = new int[7];
              for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Integer.parseInt(row[i]);
              }
              Crop crop = new Crop(numbers[1], numbers[2], numbers[3], numbers[4]);
              int height = numbers[5];
              int width = numbers[6];
              return DynamicTest.dynamicTest(
                  crop + " to " + height + "×" + width + ", " + numbers[0] + " channels",
                  () -> {
                    byte[] target = new byte[height * width * numbers[0]];
                    resizer.resize(Resources.source(numbers[0]), crop, height, width, target);
                    assertThat(Resources.sha256(target)).isEqualTo(row[7]);
                    Figures.keep("bicubic crops", 0);
                  });
            })
        .collect(Collectors.toList());
  }

  @Test
  void pixelsOutsideOfTheCropHaveNoInfluence() {
    PixelImage source = Resources.source(3);
    Crop crop = new Crop(20, 30, 25, 35);
    byte[] marked = source.samples().clone();
    for (int row = 0; row < source.height(); row++) {
      for (int column = 0; column < source.width(); column++) {
        boolean inside = row >= 20 && row < 45 && column >= 30 && column < 65;
        for (int c = 0; c < 3 && !inside; c++) {
          marked[(row * source.width() + column) * 3 + c] ^= (byte) 0xff;
        }
      }
    }
    byte[] expected = new byte[48 * 48 * 3];
    byte[] actual = new byte[48 * 48 * 3];
    BicubicResizer resizer = new BicubicResizer();
    resizer.resize(source, crop, 48, 48, expected);
    resizer.resize(
        new PixelImage(source.height(), source.width(), 3, marked), crop, 48, 48, actual);
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void aWindowHoldsTheSamePixelsAsTheWholeResize() {
    PixelImage source = Resources.source(3);
    Crop whole = Crop.whole(source.height(), source.width());
    int[][] sizes = {{224, 300}, {40, 157}, {150, 33}, {150, 157}, {31, 29}};
    BicubicResizer resizer = new BicubicResizer();
    for (int[] size : sizes) {
      byte[] all = new byte[size[0] * size[1] * 3];
      resizer.resize(source, whole, size[0], size[1], all);
      Crop window = new Crop(size[0] / 3, size[1] / 4, size[0] / 2, size[1] / 3);
      byte[] part = new byte[window.height() * window.width() * 3];
      resizer.resize(source, whole, size[0], size[1], window, part);
      PixelImage expected = new PixelImage(size[0], size[1], 3, all);
      PixelImage actual = new PixelImage(window.height(), window.width(), 3, part);
      for (int row = 0; row < window.height(); row++) {
        for (int column = 0; column < window.width(); column++) {
          for (int c = 0; c < 3; c++) {
            assertThat(actual.sample(row, column, c))
                .isEqualTo(expected.sample(window.top() + row, window.left() + column, c));
          }
        }
      }
    }
  }

  @Test
  void aResizerForgetsWhatItResizedBefore() {
    SplittableRandom random = new SplittableRandom(5);
    PixelImage source = Resources.source(3);
    BicubicResizer used = new BicubicResizer();
    for (int i = 0; i < 60; i++) {
      int height = 1 + random.nextInt(source.height());
      int width = 1 + random.nextInt(source.width());
      Crop crop =
          new Crop(
              random.nextInt(source.height() - height + 1),
              random.nextInt(source.width() - width + 1),
              height,
              width);
      int side = 1 + random.nextInt(64);
      byte[] again = new byte[side * side * 3];
      byte[] fresh = new byte[side * side * 3];
      used.resize(source, crop, side, side, again);
      new BicubicResizer().resize(source, crop, side, side, fresh);
      assertThat(again).as("%s to %d", crop, side).isEqualTo(fresh);
    }
  }

  @Test
  void aCropOutsideOfThePictureIsRefused() {
    PixelImage source = Resources.source(1);
    assertThatThrownBy(
            () ->
                new BicubicResizer()
                    .resize(source, new Crop(0, 150, 20, 8), 28, 28, new byte[28 * 28]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside of an image of 150×157");
  }

  @Test
  void aTargetThatIsTooSmallIsRefused() {
    PixelImage source = Resources.source(1);
    assertThatThrownBy(
            () ->
                new BicubicResizer()
                    .resize(source, Crop.whole(150, 157), 28, 28, new byte[28 * 27]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("room for 756 samples only");
  }
}
