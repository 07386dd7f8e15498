package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.random.Draws;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MarginCropTest {

  @Test
  void aWindowOfFixedSizeLiesAnywhereInAnImageThatWasMadeAnEighthLarger() {
    Draws random = new Draws(1);
    TreeSet<Integer> tops = new TreeSet<>();
    TreeSet<Integer> lefts = new TreeSet<>();
    for (int i = 0; i < 2000; i++) {
      Cropping.Cut cut = new MarginCrop(false).cut(300, 600, 224, 224, random);
      assertThat(cut.source()).isEqualTo(Crop.whole(300, 600));
      assertThat(cut.height()).isEqualTo(256);
      assertThat(cut.width()).isEqualTo(512);
      assertThat(cut.window().height()).isEqualTo(224);
      assertThat(cut.window().width()).isEqualTo(224);
      tops.add(cut.window().top());
      lefts.add(cut.window().left());
    }
    assertThat(tops).hasSize(256 - 224 + 1).startsWith(0).endsWith(32);
    assertThat(lefts.first()).isZero();
    assertThat(lefts.last()).isEqualTo(512 - 224);
  }

  @Test
  void smallImagesAreMovedToo() {
    Draws random = new Draws(1);
    TreeSet<Integer> tops = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      tops.add(new MarginCrop(false).cut(28, 28, 28, 28, random).window().top());
    }
    assertThat(tops).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void theCentreIsThatOfTheEvaluation() {
    Draws random = new Draws(1);
    assertThat(new MarginCrop(true).cut(300, 600, 224, 224, random))
        .isEqualTo(new Cropping.Cut(Crop.whole(300, 600), 256, 512, new Crop(16, 144, 224, 224)));
    assertThat(new MarginCrop(true).cut(28, 28, 28, 28, random).window())
        .isEqualTo(Crop.whole(28, 28));
  }
}
