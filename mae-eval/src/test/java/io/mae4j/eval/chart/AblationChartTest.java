package io.mae4j.eval.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.eval.ablation.AblationCell;
import io.mae4j.eval.ablation.AblationTable;
import io.mae4j.eval.ablation.Measure;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationChartTest {
  private static final int BLUE = 0xff1f5fa8;
  private static final int ORANGE = 0xffd1702a;
  private static final Measure KNN = new Measure("knn", 1, true);

  private static AblationCell cell(String first, String second, double accuracy) {
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("first", first);
    if (!second.isEmpty()) {
      setting.put("second", second);
    }
    return new AblationCell(setting, 0, Map.of("knn", accuracy));
  }

  private static AblationChart chart(List<String> axes, AblationCell... cells) {
    return new AblationChart("title", AblationTable.of(axes, List.of(KNN), List.of(cells)));
  }

  /** Rows from the lowest to the highest pixel of a colour in a column, or none. */
  private static List<Integer> rows(BufferedImage picture, int colour, int column) {
    List<Integer> rows = new ArrayList<>();
    for (int y = picture.getHeight() - 1; y >= 0; y--) {
      if (picture.getRGB(column, y) == colour) {
        rows.add(y);
      }
    }
    return rows;
  }

  private static int centre(int place, int places) {
    return (int) (76 + (place + 0.5) * (760 - 76 - 28) / places);
  }

  @Test
  void barsOfWordsStandOnZeroAndAreAsHighAsTheAccuracy() {
    BufferedImage picture =
        chart(List.of("first"), cell("a", "", 80), cell("b", "", 40), cell("c", "", 20)).draw();
    int highest = rows(picture, BLUE, centre(0, 3)).size();
    assertThat(highest).isGreaterThan(150);
    assertThat(rows(picture, BLUE, centre(1, 3)).size())
        .isBetween(highest / 2 - 2, highest / 2 + 2);
    assertThat(rows(picture, BLUE, centre(2, 3)).size())
        .isBetween(highest / 4 - 2, highest / 4 + 2);
    assertThat(rows(picture, BLUE, centre(0, 3)).get(0))
        .isEqualTo(rows(picture, BLUE, centre(2, 3)).get(0));
  }

  @Test
  void numbersAreALineWhoseValuesLieAtTheirDistances() {
    AblationChart chart =
        chart(List.of("first"), cell("8", "", 70), cell("1", "", 60), cell("2", "", 65));
    assertThat(chart.numeric()).isTrue();
    BufferedImage picture = chart.draw();
    int left = 76 + 24;
    int right = 760 - 28 - 24;
    int second = left + (right - left) / 7;
    int lowest = rows(picture, BLUE, left).get(0);
    int middle = rows(picture, BLUE, second).get(0);
    int highest = rows(picture, BLUE, right).get(0);
    assertThat(lowest).isGreaterThan(middle);
    assertThat(middle).isGreaterThan(highest);
    assertThat(middle - (lowest + highest) / 2.0).isBetween(-3.0, 3.0);
    assertThat(chart(List.of("first"), cell("8", "", 70)).numeric()).isFalse();
    assertThat(chart(List.of("first"), cell("8", "", 1), cell("x", "", 1)).numeric()).isFalse();
  }

  @Test
  void theSecondAxisIsToldApartByColour() {
    AblationChart chart =
        chart(
            List.of("first", "second"), cell("a", "x", 80), cell("a", "y", 60), cell("b", "x", 70));
    assertThat(chart.series(KNN))
        .extracting(AblationChart.Series::name)
        .containsExactly("second x", "second y");
    BufferedImage picture = chart.draw();
    assertThat(rows(picture, BLUE, centre(0, 2) - 30)).isNotEmpty();
    assertThat(rows(picture, ORANGE, centre(0, 2) + 30)).isNotEmpty();
    // what was not finished leaves a gap
    assertThat(rows(picture, BLUE, centre(1, 2) - 30)).isNotEmpty();
    assertThat(rows(picture, ORANGE, centre(1, 2) + 30)).isEmpty();
  }

  @Test
  void isWrittenAsAPicture(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("chart.png");
    chart(List.of("first"), cell("a", "", 80)).write(file);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(760);
  }
}
