package io.mae4j.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mae4j.api.data.Batch;
import io.mae4j.api.model.ImageSpec;
import org.junit.jupiter.api.Test;

class RawPixelsTest {
  @Test
  void takesSmallImagesAsTheyAre() {
    RawPixels pixels = new RawPixels(new ImageSpec(64, 28, 3, 4));
    assertThat(pixels.width()).isEqualTo(64 * 28 * 3);
    assertThat(pixels.detail()).isEqualTo("all values");
  }

  @Test
  void averagesLargeImagesOverSquares() {
    RawPixels pixels = new RawPixels(new ImageSpec(2, 66, 2, 2));
    assertThat(pixels.detail()).isEqualTo("means of 2×2 pixels");
    assertThat(pixels.width()).isEqualTo(2 * 33);
    float[] images = new float[2 * 2 * 2 * 66];
    images[0] = 1; // image 0, channel 0, row 0, columns 0 and 1; row 1, column 1
    images[1] = 2;
    images[66 + 1] = 5;
    images[2 * 66 + 65] = 8; // image 0, channel 1, row 0, last column
    images[7 * 66 + 64] = 4; // image 1, channel 1, row 1, column 64
    float[] vectors = pixels.encode(new Batch(2, 66, 2, 0, images, new int[2], new int[2]));
    float[] expected = new float[4 * 33];
    expected[0] = 2;
    expected[2 * 33 - 1] = 2;
    expected[4 * 33 - 1] = 1;
    assertThat(vectors).isEqualTo(expected);
  }

  @Test
  void keepsWhatNoSquareDivides() {
    assertThat(new RawPixels(new ImageSpec(97, 89, 1, 1)).width()).isEqualTo(97 * 89);
    assertThat(new RawPixels(new ImageSpec(224, 224, 3, 16)).width()).isEqualTo(56 * 56 * 3);
  }

  @Test
  void refusesOtherImages() {
    RawPixels pixels = new RawPixels(new ImageSpec(2, 2, 1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> pixels.encode(new Batch(2, 2, 3, 0, new float[12], new int[1], new int[1])));
  }
}
