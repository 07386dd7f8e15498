package io.mae4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.data.PixelImage;
import io.mae4j.data.image.Channels;
import io.mae4j.data.image.Resources;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against what Pillow makes of the same picture, sample for sample. */
class DistortionsTest {
  private static final int[] FILL = {124, 116, 104};

  @TestFactory
  List<DynamicTest> everyDistortionIsPillows() {
    return Resources.table("/io/mae4j/data/augment/distortions.tsv").stream()
        .map(
            row -> {
              int channels = Integer.parseInt(row[3]);
              PixelImage colours = Resources.source(3);
              PixelImage picture = row[2].equals("pale") ? pale(colours) : colours;
              return DynamicTest.dynamicTest(
                  row[0] + " " + row[1] + " of " + row[2] + ", " + channels + " channels",
                  () -> {
                    PixelImage image = Channels.convert(picture, channels);
                    byte[] before = image.samples().clone();
                    PixelImage distorted = distort(row[0], Double.parseDouble(row[1]), image);
                    assertThat(Resources.sha256(distorted.samples())).isEqualTo(row[4]);
                    assertThat(image.samples()).isEqualTo(before);
                  });
            })
        .collect(Collectors.toList());
  }

  private static PixelImage pale(PixelImage image) {
    byte[] samples = image.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (60 + (samples[i] & 0xff) / 2);
    }
    return new PixelImage(image.height(), image.width(), image.channels(), samples);
  }

  private static PixelImage distort(String name, double argument, PixelImage image) {
    return switch (name) {
      case "autocontrast" -> Tones.autoContrast(image);
      case "equalize" -> Tones.equalize(image);
      case "invert" -> Tones.invert(image);
      case "posterize" -> Tones.posterize(image, (int) argument);
      case "solarize" -> Tones.solarize(image, (int) argument);
      case "solarize-add" -> Tones.solarizeAdd(image, (int) argument);
      case "color" -> Tones.color(image, argument);
      case "contrast" -> Tones.contrast(image, argument);
      case "brightness" -> Tones.brightness(image, argument);
      case "sharpness" -> Tones.sharpness(image, argument);
      case "shear-x" -> Warp.shearX(argument).apply(image, FILL);
      case "shear-y" -> Warp.shearY(argument).apply(image, FILL);
      case "translate-x" -> Warp.translation(argument, 0).apply(image, FILL);
      case "translate-y" -> Warp.translation(0, argument).apply(image, FILL);
      case "rotate" -> Warp.rotation(argument, image.height(), image.width()).apply(image, FILL);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
