package io.mae4j.eval.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconstructionPictureTest {
  private static final int GREY = 0xff9aa5b1;
  private static final int PAPER = 0xffffffff;

  /** One row of two patches of 2×2 pixels; enlarged 28 times to 112×56. */
  private static final ImageSpec SPEC = new ImageSpec(2, 4, 1, 2);

  private static RebuiltImage image(boolean firstHidden, float... rebuilt) {
    float[] original = {0, .2f, .4f, .6f, .8f, 1, .1f, .3f};
    return new RebuiltImage(
        SPEC, Mask.ofHidden(new boolean[] {firstHidden, !firstHidden}), original, rebuilt);
  }

  private static int grey(float level) {
    int value = Math.round(255 * level);
    return 0xff000000 | (value << 16) | (value << 8) | value;
  }

  @Test
  void placesEveryPixelOfEveryColumn() {
    float[] first = {0, .2f, .9f, .7f, .8f, 1, -.5f, 1.5f};
    float[] second = {.5f, .5f, .4f, .6f, .5f, .5f, .1f, .3f};
    ReconstructionPicture picture =
        new ReconstructionPicture(List.of(image(false, first), image(true, second)), false, "");
    BufferedImage drawn = picture.draw();
    int top = 16 + 2 * 17 + 4; // margin, two lines of headings, half a gap
    assertThat(drawn.getWidth()).isEqualTo(2 * 16 + 4 * 112 + 3 * 8);
    float[] original = image(false, first).original();
    for (int row = 0; row < 2; row++) {
      boolean firstHidden = row == 1;
      float[] rebuilt = row == 0 ? first : second;
      for (int y = 0; y < 56; y++) {
        for (int x = 0; x < 112; x++) {
          int pixel = y / 28 * 4 + x / 28;
          boolean hidden = x < 56 == firstHidden;
          int pasted = grey(Math.min(1, Math.max(0, rebuilt[pixel])));
          int left = 16 + x;
          int down = top + row * (56 + 8) + y;
          assertThat(drawn.getRGB(left, down)).isEqualTo(grey(original[pixel]));
          assertThat(drawn.getRGB(left + 120, down))
              .isEqualTo(hidden ? GREY : grey(original[pixel]));
          assertThat(drawn.getRGB(left + 240, down)).isEqualTo(hidden ? pasted : GREY);
          assertThat(drawn.getRGB(left + 360, down)).isEqualTo(pasted);
        }
      }
    }
    assertThat(drawn.getRGB(16 + 112, top)).isEqualTo(PAPER);
    assertThat(drawn.getRGB(15, top)).isEqualTo(PAPER);
    assertThat(drawn.getRGB(16, top - 1)).isEqualTo(PAPER);
    assertThat(drawn.getRGB(16, top + 56)).isEqualTo(PAPER);
  }

  @Test
  void showsTwoChannelsAsGreyAndFiveByTheFirstThree() {
    assertThat(onlyPixel(.2f)).isEqualTo(grey(.2f));
    assertThat(onlyPixel(.2f, .9f)).isEqualTo(grey(.2f));
    assertThat(onlyPixel(0, .2f, 1)).isEqualTo(0xff0033ff);
    assertThat(onlyPixel(1, 0, .4f, .9f, .8f)).isEqualTo(0xffff0066);
  }

  private static int onlyPixel(float... channels) {
    ImageSpec spec = new ImageSpec(1, 1, channels.length, 1);
    RebuiltImage image = new RebuiltImage(spec, Mask.ofHidden(new boolean[1]), channels, channels);
    return new ReconstructionPicture(List.of(image), false, "")
        .draw()
        .getRGB(16 + 50, 16 + 2 * 17 + 4 + 50);
  }

  @Test
  void enlargesSmallImagesOnly() {
    assertThat(width(28)).isEqualTo(2 * 16 + 4 * 112 + 3 * 8);
    assertThat(width(32)).isEqualTo(2 * 16 + 4 * 128 + 3 * 8);
    assertThat(width(224)).isEqualTo(2 * 16 + 4 * 224 + 3 * 8);
  }

  private static int width(int side) {
    ImageSpec spec = new ImageSpec(side, side, 1, side);
    float[] pixels = new float[side * side];
    RebuiltImage image = new RebuiltImage(spec, Mask.ofHidden(new boolean[1]), pixels, pixels);
    return new ReconstructionPicture(List.of(image), false, "").draw().getWidth();
  }

  @Test
  void saysInTheCaptionWhatThePictureOwesToTheTruth() {
    float[] rebuilt = {0, .2f, .4f, .6f, .8f, 1, .1f, .8f};
    String plain =
        new ReconstructionPicture(List.of(image(false, rebuilt)), false, "Three shirts.").caption();
    assertThat(plain)
        .isEqualTo(
            "Three shirts. Hidden patches: mean squared error 0.0625, PSNR 12.0 dB (pixels 0 to 1).");
    String restored = new ReconstructionPicture(List.of(image(false, rebuilt)), true, "").caption();
    assertThat(restored)
        .startsWith("Hidden patches: ")
        .endsWith(
            " Rebuilt patches are de-normalised with the mean and deviation of the true patch, which the model does not"
                + " predict.");
  }

  @Test
  void writesThePictureItDraws(@TempDir Path folder) throws IOException {
    ReconstructionPicture picture =
        new ReconstructionPicture(List.of(image(false, new float[8])), true, "A caption");
    Path file = folder.resolve("reconstructions.png");
    picture.write(file);
    BufferedImage read = ImageIO.read(file.toFile());
    BufferedImage drawn = picture.draw();
    assertThat(read.getWidth()).isEqualTo(drawn.getWidth());
    assertThat(read.getRGB(0, 0, read.getWidth(), read.getHeight(), null, 0, read.getWidth()))
        .isEqualTo(
            drawn.getRGB(0, 0, drawn.getWidth(), drawn.getHeight(), null, 0, drawn.getWidth()));
  }

  @Test
  void refusesNoImagesAndMixedSizes() {
    RebuiltImage other =
        new RebuiltImage(
            new ImageSpec(1, 1, 1, 1), Mask.ofHidden(new boolean[1]), new float[1], new float[1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReconstructionPicture(List.of(), false, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ReconstructionPicture(List.of(other, image(true, new float[8])), false, ""));
  }
}
