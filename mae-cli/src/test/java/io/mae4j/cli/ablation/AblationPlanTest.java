package io.mae4j.cli.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AblationPlanTest {
  private static final Path OUT = Path.of("out");

  private static AblationPlan plan(List<Long> seeds, String... axes) {
    return AblationPlan.of(
        OUT,
        () -> new ConfigLoader().assignments(List.of("epochs=3")),
        List.of(axes).stream().map(AblationAxis::parse).toList(),
        seeds);
  }

  @Test
  void allSettingsComeWithTheFirstSeedBeforeTheNext() {
    AblationPlan plan = plan(List.of(4L, 7L), "mask-ratio=0.5,0.75", "decoder-depth=1,2");

    assertThat(plan.cells()).hasSize(8);
    assertThat(plan.cells())
        .extracting(PlannedCell::seed)
        .containsExactly(4L, 4L, 4L, 4L, 7L, 7L, 7L, 7L);
    PlannedCell third = plan.cells().get(2);
    assertThat(third.setting()).isEqualTo(Map.of("mask-ratio", "0.75", "decoder-depth", "1"));
    assertThat(third.label()).isEqualTo("mask-ratio 0.75, decoder-depth 1, seed 4");
    assertThat(third.folder().path())
        .isEqualTo(OUT.resolve("mask-ratio-0.75_decoder-depth-1_seed-4"));
    RunConfig config = third.config();
    assertThat(config.masking().ratio()).isEqualTo(0.75);
    assertThat(config.model().decoderBlocks().depth()).isEqualTo(1);
    assertThat(config.recipe().seed()).isEqualTo(4);
    assertThat(config.recipe().epochs()).isEqualTo(3);
    assertThat(config.output().out()).contains(third.folder().path().toString());
  }

  @Test
  void maskingMayGiveItsRatio() {
    AblationPlan plan = plan(List.of(0L), "masking=random:0.9,block");

    RunConfig first = plan.cells().get(0).config();
    assertThat(first.masking().strategy()).isEqualTo("random");
    assertThat(first.masking().ratio()).isEqualTo(0.9);
    assertThat(plan.cells().get(0).folder().path()).hasFileName("masking-random-0.9_seed-0");
    RunConfig second = plan.cells().get(1).config();
    assertThat(second.masking().strategy()).isEqualTo("block");
    assertThat(second.masking().ratio()).isEqualTo(0.75);
  }

  @Test
  void severalKeysMayChangeTogether() {
    AblationPlan plan = plan(List.of(0L), "blr:epochs=0.001:7,0.1:9");

    RunConfig last = plan.cells().get(1).config();
    assertThat(last.recipe().blr()).isEqualTo(0.1);
    assertThat(last.recipe().epochs()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mask-ratio|expected KEY=VALUE,VALUE",
        "mask-ratio=|expected KEY=VALUE,VALUE",
        "mask-ratoi=0.5|unknown key 'mask-ratoi'. Did you mean 'mask-ratio'?",
        "mask-ratio=0.5,|a value is missing",
        "mask-ratio=0.5,0.5|a value is given twice",
        "seed=1,2|seeds are given by --seeds",
        "out=a,b|out does not change what is learnt",
        "blr:epochs=0.1|expected 2 values with colons between them"
      })
  void anAxisThatIsWrongIsRefused(String text, String message) {
    assertThatThrownBy(() -> AblationAxis.parse(text))
        .hasMessageStartingWith("--axis ")
        .hasMessageContaining(message);
  }

  @Test
  void everyWrongValueIsReportedAtOnceBeforeAnythingIsTrained() {
    assertThatThrownBy(() -> plan(List.of(0L), "mask-ratio=0.5,1.5,half", "epochs=0"))
        .hasMessageContaining("mask-ratio must be above 0 and below 1, got 1.5")
        .hasMessageContaining("mask-ratio: 'half' is not a number")
        .hasMessageContaining("epochs must be at least 1, got 0");
    assertThatThrownBy(() -> plan(List.of(0L), "mask-ratio=0.5", "masking=random:0.75"))
        .hasMessage("'mask-ratio' is varied by two axes");
    assertThatThrownBy(() -> plan(List.of(0L), "data=a/b,a-b"))
        .hasMessageContaining("two settings would share the folder data-a-b_seed-0");
  }

  @Test
  void presetsHaveThePublishedValues() {
    RunConfig base = new ConfigLoader().assignments(List.of("model=base")).load();
    assertThat(AblationPreset.TABLE_1A.axis(base).values())
        .containsExactly("1", "2", "4", "8", "12");
    assertThat(AblationPreset.TABLE_1B.axis(base).values())
        .containsExactly("128", "256", "512", "768", "1024");
    assertThat(AblationPreset.TABLE_1F.axis(base).values())
        .containsExactly("random:0.75", "block:0.5", "block:0.75", "grid:0.75");
    assertThat(AblationPreset.FIGURE_5.axis(base).values()).hasSize(10);
    for (AblationPreset preset : AblationPreset.values()) {
      AblationPlan plan =
          AblationPlan.of(
              OUT,
              () -> new ConfigLoader().assignments(List.of("model=base")),
              List.of(preset.axis(base)),
              List.of(0L));
      assertThat(plan.cells()).hasSizeBetween(2, 10);
      assertThat(AblationPreset.named(preset.label())).isEqualTo(preset);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"96|3|24 48 96 144 192", "20|5|20 40", "64|16|16 32 64 96 128"})
  void widthsFollowTheModelsDecoder(int width, int heads, String expected) {
    RunConfig base =
        new ConfigLoader()
            .assignments(List.of("decoder-width=" + width, "decoder-heads=" + heads))
            .load();
    assertThat(String.join(" ", AblationPreset.TABLE_1B.axis(base).values())).isEqualTo(expected);
    AblationPlan.of(
        OUT,
        () ->
            new ConfigLoader()
                .assignments(List.of("decoder-width=" + width, "decoder-heads=" + heads)),
        List.of(AblationPreset.TABLE_1B.axis(base)),
        List.of(0L));
  }

  @Test
  void anUnknownPresetNamesTheNearest() {
    assertThatThrownBy(() -> AblationPreset.named("table-1g"))
        .hasMessageContaining("no preset 'table-1g'. Available: table-1a, ")
        .hasMessageContaining("Did you mean 'table-1a'?");
  }
}
