package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.random.Draws;
import io.mae4j.testkit.model.Figures;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ImageTransformTest {
  private static final RandomResizedCrop CROP = new RandomResizedCrop(0.2, 1);

  /** Sample values scaled to 0..1 and nothing else, so that the samples can be had back. */
  private static Normalization scaled(int channels) {
    return new Normalization(
        Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
  }

  private static ImageTransform transform(int height, int width, int channels) {
    return new ImageTransform(spec(height, width, channels), scaled(channels));
  }

  private static ImageSpec spec(int height, int width, int channels) {
    return new ImageSpec(height, width, channels, 1);
  }

  /** The samples in the order row, column, channel. */
  private static byte[] samples(float[] values, int channels) {
    byte[] samples = new byte[values.length];
    int pixels = values.length / channels;
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int c = 0; c < channels; c++) {
        samples[pixel * channels + c] = (byte) Math.round(values[c * pixels + pixel] * 255);
      }
    }
    return samples;
  }

  private static PixelImage cutOut(PixelImage source, int height, int width) {
    byte[] samples = new byte[height * width * source.channels()];
    new BicubicResizer().resize(source, Crop.whole(height, width), height, width, samples);
    return new PixelImage(height, width, source.channels(), samples);
  }

  @TestFactory
  @Tag("official")
  List<DynamicTest> evaluationIsThePublishedOne() {
    return Resources.table("evaluation.tsv").stream()
        .map(
            row -> {
              int channels = Integer.parseInt(row[0]);
              int height = Integer.parseInt(row[1]);
              int width = Integer.parseInt(row[2]);
              int side = Integer.parseInt(row[3]);
              return DynamicTest.dynamicTest(
                  height + "×" + width + "×" + channels + " to " + side,
                  () -> {
                    PixelImage image = cutOut(Resources.source(channels), height, width);
                    float[] values = new float[side * side * channels];
                    transform(side, side, channels).evaluate(image, values, 0);
                    assertThat(Resources.sha256(samples(values, channels))).isEqualTo(row[4]);
                    Figures.keep("evaluation: resize and centre crop", 0);
                  });
            })
        .collect(Collectors.toList());
  }

  @Test
  void evaluationTakesAnImageOfTheModelsSizeAsItIs() {
    PixelImage image = cutOut(Resources.source(3), 40, 56);
    float[] values = new float[40 * 56 * 3];
    transform(40, 56, 3).evaluate(image, values, 0);
    assertThat(samples(values, 3)).isEqualTo(image.samples());
  }

  @Test
  void evaluationFillsModelsThatAreNotSquare() {
    PixelImage image = Resources.source(1);
    for (int[] size : new int[][] {{16, 48}, {48, 16}, {224, 32}, {7, 500}}) {
      float[] values = new float[size[0] * size[1]];
      Arrays.fill(values, -1);
      transform(size[0], size[1], 1).evaluate(image, values, 0);
      for (float value : values) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void valuesStandAtTheOffsetAndNowhereElse() {
    float[] values = new float[3 * 8 * 8 + 10];
    Arrays.fill(values, -7);
    transform(8, 8, 3).evaluate(Resources.source(3), values, 4);
    assertThat(values).startsWith(-7, -7, -7, -7).endsWith(-7, -7, -7, -7, -7, -7);
    assertThat(Arrays.copyOfRange(values, 4, values.length - 6)).doesNotContain(-7);
  }

  @Test
  void augmentationCropsResizesAndMirrors() {
    PixelImage source = Resources.source(3);
    ImageTransform transform = transform(28, 28, 3);
    for (int seed = 0; seed < 20; seed++) {
      Crop crop = CROP.choose(source.height(), source.width(), new Draws(seed));
      byte[] expected = new byte[28 * 28 * 3];
      new BicubicResizer().resize(source, crop, 28, 28, expected);

      float[] plain = new float[28 * 28 * 3];
      float[] mirrored = new float[28 * 28 * 3];
      transform.augment(source, CROP, new Draws(seed), 0, new Draws(9), image -> image, plain, 0);
      transform.augment(
          source, CROP, new Draws(seed), 1, new Draws(9), image -> image, mirrored, 0);

      assertThat(samples(plain, 3)).isEqualTo(expected);
      for (int row = 0; row < 3 * 28; row++) {
        for (int column = 0; column < 28; column++) {
          assertThat(mirrored[row * 28 + column]).isEqualTo(plain[row * 28 + 27 - column]);
        }
      }
    }
  }

  @Test
  void imagesAreMirroredAsOftenAsAsked() {
    PixelImage image = new PixelImage(2, 2, 1, new byte[] {0, -1, 0, -1});
    ImageTransform transform = transform(2, 2, 1);
    Draws random = new Draws(3);
    int count = 0;
    for (int i = 0; i < 4000; i++) {
      float[] values = new float[4];
      transform.augment(
          image, new RandomResizedCrop(1, 1), random, 0.3, random, cut -> cut, values, 0);
      count += values[0] > values[1] ? 1 : 0;
    }
    // Four standard deviations of 4000 draws.
    assertThat(count / 4000.0).isBetween(0.271, 0.329);
  }

  @Test
  void greyBecomesColourAndColourGrey() {
    float[] colour = new float[3 * 16 * 16];
    transform(16, 16, 3).evaluate(Resources.source(1), colour, 0);
    float[] grey = new float[16 * 16];
    transform(16, 16, 1).evaluate(Resources.source(1), grey, 0);
    for (int c = 0; c < 3; c++) {
      assertThat(Arrays.copyOfRange(colour, c * 256, (c + 1) * 256)).isEqualTo(grey);
    }
    // Resources.source(1) is colour turned grey before the transform; here the transform does it.
    float[] turned = new float[16 * 16];
    transform(16, 16, 1).evaluate(Resources.source(3), turned, 0);
    assertThat(turned).isEqualTo(grey);
  }

  @Test
  void channelsThatCannotBeConvertedAreRefused() {
    PixelImage two = new PixelImage(4, 4, 2, new byte[32]);
    assertThatThrownBy(() -> transform(4, 4, 3).evaluate(two, new float[48], 0))
        .isInstanceOf(MaeException.class)
        .hasMessage("images have 2 channels, the model takes 3");
  }

  @Test
  void normalisationOfOtherChannelsIsRefused() {
    assertThatThrownBy(() -> new ImageTransform(spec(8, 8, 1), Normalization.IMAGENET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("normalisation of 3 channels for images of 1");
  }
}
