package io.mae4j.eval.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionPictureTest {
  private static final int BLUE = 0xff1f5fa8;
  private static final int RED = 0xffb4472f;

  private static long count(BufferedImage picture, int rgb) {
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += picture.getRGB(x, y) == rgb ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void whatIsRightIsBlueOnTheDiagonalAndWhatIsWrongIsRedBesideIt() {
    BufferedImage right =
        new ConfusionPicture("t", List.of("cat", "dog"), new int[][] {{5, 0}, {0, 7}}).draw();
    assertThat(count(right, BLUE)).isGreaterThan(1000);
    assertThat(count(right, RED)).isZero();
    BufferedImage wrong =
        new ConfusionPicture("t", List.of("cat", "dog"), new int[][] {{0, 5}, {7, 0}}).draw();
    assertThat(count(wrong, RED)).isGreaterThan(1000);
    assertThat(count(wrong, BLUE)).isZero();
  }

  @Test
  void manyClassesBecomeSmallCellsWithoutNames() {
    int classes = 1000;
    BufferedImage picture =
        new ConfusionPicture("t", Collections.nCopies(classes, "class"), new int[classes][classes])
            .draw();
    assertThat(picture.getWidth()).isBetween(classes, classes + 100);
  }

  @Test
  void longNamesAndClassesWithoutImagesAreDrawn() {
    String name = "a very long name of a class ".repeat(20);
    assertThat(
            new ConfusionPicture("t", List.of(name, "b"), new int[][] {{0, 0}, {1, 1}})
                .draw()
                .getWidth())
        .isLessThan(400);
    assertThatThrownBy(() -> new ConfusionPicture("t", List.of("a"), new int[0][0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
