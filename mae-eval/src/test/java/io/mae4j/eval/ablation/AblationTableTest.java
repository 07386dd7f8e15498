package io.mae4j.eval.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AblationTableTest {
  private static final List<Measure> MEASURES =
      List.of(new Measure("knn", 1, true), new Measure("loss", 3, false));

  private static AblationCell cell(String masking, long seed, double knn, double loss) {
    return new AblationCell(Map.of("masking", masking), seed, Map.of("knn", knn, "loss", loss));
  }

  private static AblationTable table(AblationCell... cells) {
    return AblationTable.of(List.of("masking"), MEASURES, List.of(cells));
  }

  @Test
  void theDeviationHasOneLessInTheDenominator() {
    Statistic statistic = Statistic.of(70, 72, 77);
    assertThat(statistic.mean()).isEqualTo(73);
    // squares 9, 1, 16 over 2
    assertThat(statistic.deviation()).isCloseTo(Math.sqrt(13), within(1e-12));
    assertThat(statistic.text(1)).isEqualTo("73.0 ± 3.6");
    assertThat(Statistic.of(70).text(2)).isEqualTo("70.00");
    assertThatIllegalArgumentException().isThrownBy(() -> Statistic.of());
  }

  @Test
  void seedsOfASettingShareARowAndTheBestAccuracyIsBold() {
    AblationTable table =
        table(
            cell("random:0.75", 0, 70, .5),
            cell("block:0.5", 0, 60, .4),
            cell("random:0.75", 1, 72, .7));
    assertThat(table.markdown())
        .isEqualTo(
            """
            | masking     | seeds |            knn |          loss |
            |-------------|-------|---------------:|--------------:|
            | random:0.75 | 0 1   | **71.0 ± 1.4** | 0.600 ± 0.141 |
            | block:0.5   | 0     |           60.0 |         0.400 |
            """);
  }

  @Test
  void whatIsTheSameForAllSeedsStandsWithoutADeviationUnlessItIsAnAccuracy() {
    assertThat(table(cell("grid", 0, 70, .5), cell("grid", 1, 70, .5)).markdown())
        .endsWith("| grid    | 0 1   | 70.0 ± 0.0 | 0.500 |\n");
  }

  @Test
  void spreadsheetsGetMeansAndDeviationsWithTextQuotedWhereItMustBe() {
    assertThat(table(cell("odd,\"name\"", 3, 70, .5), cell("odd,\"name\"", 4, 71, .5)).csv())
        .isEqualTo(
            """
            masking,seeds,knn mean,knn sd,loss mean,loss sd
            "odd,""name""\",2,70.5,0.7071067811865476,0.5,0.0
            """);
    assertThat(table(cell("grid", 3, 70, .5)).csv()).endsWith("grid,1,70.0,,0.5,\n");
  }

  @Test
  void theTreeHoldsTheSameFigures() {
    List<Map<String, Object>> tree = table(cell("grid", 3, 70, .5), cell("grid", 4, 74, .5)).tree();
    assertThat(tree).hasSize(1);
    assertThat(tree.get(0).get("setting")).isEqualTo(Map.of("masking", "grid"));
    assertThat(tree.get(0).get("seeds")).isEqualTo(List.of(3L, 4L));
    assertThat(tree.get(0).get("values").toString())
        .contains("knn={mean=72.0, sd=2.8284271247461903}");
  }
}
