package io.mae4j.core.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.checkpoint.Progress;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {

  @ParameterizedTest
  @ValueSource(strings = {"full.pth", "legacy.pth", "huggingface"})
  void everyFormHoldsTheSameBitsUnderTheOfficialNames(String form) {
    StoredModel model = Fixtures.read(form);

    assertThat(Fixtures.bits(model.values())).isEqualTo(Fixtures.bits(Fixtures.model()));
    assertThat(model.values().keySet())
        .startsWith("cls_token", "pos_embed", "mask_token", "decoder_pos_embed")
        .endsWith("decoder_pred.weight", "decoder_pred.bias");
    assertThat(model.architecture().image()).isEqualTo(new ImageSpec(4, 6, 2, 2));
    assertThat(model.architecture().normPixLoss()).isTrue();
  }

  @Test
  void theNumbersFollowFromTheShapes() {
    Architecture architecture = Fixtures.read("full.pth").architecture();

    assertThat(architecture.encoder()).isEqualTo(new VitConfig(8, 1, 2, 2));
    assertThat(architecture.decoder()).contains(new VitConfig(4, 1, 1, 2));
  }

  @Test
  void theConfigOfHuggingFaceSaysWhatShapesDoNot() {
    StoredModel model = ModelFiles.read(Fixtures.path("huggingface"), ModelHints.none(), false);

    assertThat(model.architecture().encoder()).isEqualTo(new VitConfig(8, 1, 2, 2, 1e-12));
    assertThat(model.architecture().decoder()).contains(new VitConfig(4, 1, 1, 2, 1e-12));
    assertThat(
            ModelFiles.read(
                    Fixtures.path("huggingface/model.safetensors"), ModelHints.none(), false)
                .architecture())
        .isEqualTo(model.architecture());
  }

  @Test
  void anEncoderOfTimmLeavesItsClassifierOutAndSaysSo() {
    StoredModel model = ModelFiles.read(Fixtures.path("timm"), ModelHints.none(), false);

    assertThat(model.architecture().decoder()).isEmpty();
    assertThat(model.architecture().encoder().heads()).isEqualTo(2);
    assertThat(model.values()).doesNotContainKey("head.weight").hasSize(18);
    assertThat(model.notes()).anyMatch(note -> note.contains("head.bias, head.weight"));
  }

  @Test
  void anEncoderAloneHasNoDecoder() {
    StoredModel model = Fixtures.read("encoder.pth");

    assertThat(model.architecture().decoder()).isEmpty();
    Map<String, Array> encoder = new TreeMap<>(Fixtures.model());
    encoder.keySet().removeIf(name -> name.startsWith("decoder_") || name.equals("mask_token"));
    assertThat(Fixtures.bits(model.values())).isEqualTo(Fixtures.bits(encoder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"half.pth", "bfloat16.pth"})
  void halfPrecisionIsWidened(String file) {
    double unit = file.startsWith("half") ? 0x1p-11 : 0x1p-8;
    Map<String, Array> expected = Fixtures.model();
    Fixtures.read(file)
        .values()
        .forEach(
            (name, array) -> {
              float[] exact = expected.get(name).floats();
              for (int i = 0; i < exact.length; i++) {
                assertThat(Math.abs(array.floats()[i] - exact[i]))
                    .as(name)
                    .isLessThanOrEqualTo((float) (Math.abs(exact[i]) * unit + 0x1p-24));
              }
            });
  }

  @Test
  void theOptimizersMomentsComeUnderTheNamesOfTheirParameters() {
    StoredModel model = ModelFiles.read(Fixtures.path("full.pth"), Fixtures.HINTS, true);

    Map<String, Array> expected = new TreeMap<>();
    Fixtures.expected()
        .forEach(
            (name, array) -> {
              if (name.startsWith("optimizer.")) {
                expected.put(name.substring("optimizer.".length()), array);
              }
            });
    assertThat(Fixtures.bits(model.optimizer())).isEqualTo(Fixtures.bits(expected));
    assertThat(model.progress()).isEqualTo(new Progress(2, 0, 1));
    assertThat(Fixtures.read("full.pth").optimizer()).isEmpty();
  }

  @Test
  void headsThatNobodySaysAreAskedFor() {
    assertThatThrownBy(
            () ->
                ModelFiles.read(
                    Fixtures.path("encoder.pth"),
                    ModelHints.none().orImage(Optional.of(new ModelHints.Extent(4, 6))),
                    false))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining(
            "encoder.pth does not say how many attention heads its encoder of width 8 has")
        .hasMessageEndingWith("give --num-heads")
        .extracting(e -> ((MaeException) e).kind())
        .isEqualTo(ErrorKind.USER);
  }

  @Test
  void headsThatContradictTheFileAreRefused() {
    assertThatThrownBy(
            () ->
                ModelFiles.read(
                    Fixtures.path("huggingface"),
                    ModelHints.heads(Optional.of(4), Optional.empty()),
                    false))
        .hasMessageContaining("has 2 heads (--num-heads), not 4");
  }

  @Test
  void patchesThatMakeNoSquareNeedTheImageSize() {
    assertThatThrownBy(
            () ->
                ModelFiles.read(
                    Fixtures.path("encoder.pth"),
                    ModelHints.heads(Optional.of(2), Optional.empty()),
                    false))
        .hasMessageContaining("6 patches of 2 pixels, which do not make a square")
        .hasMessageContaining("--input-size HxW");
  }
}
