package io.mae4j.eval.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.eval.chart.LossCurve.Point;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossCurveTest {
  private static final int STRONG = 0xff1f5fa8;

  private static LossCurve of(double... losses) {
    return new LossCurve(
        "title",
        IntStream.range(0, losses.length).mapToObj(i -> new Point(i + 1, losses[i])).toList());
  }

  @Test
  void averagesTheStepsWithinFivePercent() {
    LossCurve curve =
        new LossCurve(
            "title", LongStream.rangeClosed(1, 100).mapToObj(i -> new Point(i, i * i)).toList());
    List<Point> smoothed = curve.smoothed();
    assertThat(smoothed).hasSize(100);
    assertThat(smoothed.get(9)).isEqualTo(new Point(10, 100));
    assertThat(smoothed.get(19).loss())
        .isCloseTo((19 * 19 + 20 * 20 + 21 * 21) / 3.0, within(1e-9));
    // 95 to 100: the last step has no later neighbours
    double last = LongStream.rangeClosed(95, 100).map(i -> i * i).average().orElseThrow();
    assertThat(smoothed.get(99).loss()).isCloseTo(last, within(1e-9));
  }

  @Test
  void averagesByStepNumberWhereOnlySomeStepsAreLogged() {
    LossCurve curve =
        new LossCurve("title", List.of(new Point(100, 1), new Point(200, 2), new Point(205, 4)));
    assertThat(curve.smoothed())
        .containsExactly(new Point(100, 1), new Point(200, 3), new Point(205, 3));
  }

  @Test
  void letsTheHighestTwoPercentRiseAboveThePicture() {
    double[] losses = new double[100];
    Arrays.setAll(losses, i -> i < 3 ? 50 - i : 1 + i / 1000.0);
    assertThat(of(losses).mostShown()).isEqualTo(48);
    assertThat(of(Arrays.copyOf(losses, 99)).mostShown()).isEqualTo(49);
    assertThat(of(Arrays.copyOf(losses, 49)).mostShown()).isEqualTo(50);
  }

  @Test
  void leavesOutLossesThatAreNotFinite() {
    assertThat(of(1, Double.NaN, 3, Double.POSITIVE_INFINITY).points())
        .containsExactly(new Point(1, 1), new Point(3, 3));
  }

  @Test
  void drawsALevelLossAsALevelLine() {
    BufferedImage picture = of(2, 2, 2, 2).draw();
    // the axis of a loss that is always 2 goes from 2 to 2.2, so that the line lies on the lower
    // edge
    int y = 420 - 58;
    int strong = 0;
    for (int x = 300; x < 700; x++) {
      strong += picture.getRGB(x, y) == STRONG || picture.getRGB(x, y - 1) == STRONG ? 1 : 0;
    }
    assertThat(strong).isEqualTo(400);
  }

  @Test
  void drawsRunsOfOneStepAndOfNone() {
    assertThat(colours(of(1.5).draw())).contains(STRONG);
    BufferedImage nothing = of().draw();
    assertThat(colours(nothing)).doesNotContain(STRONG);
    assertThat(nothing.getWidth()).isEqualTo(760);
  }

  private static List<Integer> colours(BufferedImage picture) {
    int width = picture.getWidth();
    int[] all = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    return IntStream.of(all).distinct().boxed().toList();
  }

  @Test
  void writesAPng(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("loss.png");
    of(3, 2, 1).write(file);
    assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(420);
  }
}
