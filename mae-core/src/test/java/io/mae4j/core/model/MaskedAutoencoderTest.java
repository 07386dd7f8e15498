package io.mae4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.api.random.Randomness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedAutoencoderTest {

  private static MaskedAutoencoder model(ImageSpec image, VitConfig encoder, VitConfig decoder) {
    return new MaskedAutoencoder(
        new VitEncoder(image, encoder), new MaeDecoder(image, encoder.width(), decoder), true);
  }

  private static long size(List<ParameterSpec> parameters) {
    return parameters.stream().mapToLong(spec -> spec.shape().size()).sum();
  }

  /**
   * Counts of the published models, position tables included in the first, and of their encoders.
   */
  @ParameterizedTest
  @CsvSource({
    "16, 768, 12, 12, 111907840, 85798656",
    "16, 1024, 24, 16, 329541888, 303301632",
    "14, 1280, 32, 16, 657074508, 630764800"
  })
  void parameterCountsAreThePublishedOnes(
      int patch, int width, int depth, int heads, long all, long encoder) {
    ImageSpec image = new ImageSpec(224, 224, 3, patch);
    MaskedAutoencoder model =
        model(image, new VitConfig(width, depth, heads, 4), new VitConfig(512, 8, 16, 4));

    assertThat(size(model.parameters())).isEqualTo(all);
    assertThat(size(model.encoder().parameters())).isEqualTo(encoder);
  }

  @Test
  void parametersOfTheModelItselfComeFirstThenTheLayersAsInTheOfficialStateDict() {
    MaskedAutoencoder model =
        model(new ImageSpec(32, 32, 3, 4), new VitConfig(48, 2, 3, 4), new VitConfig(32, 1, 4, 4));

    assertThat(model.parameters().stream().map(ParameterSpec::name))
        .startsWith(
            "cls_token",
            "pos_embed",
            "mask_token",
            "decoder_pos_embed",
            "patch_embed.proj.weight",
            "patch_embed.proj.bias",
            "blocks.0.norm1.weight")
        .containsSubsequence(
            "blocks.1.mlp.fc2.bias", "norm.weight", "norm.bias", "decoder_embed.weight")
        .endsWith(
            "decoder_norm.weight", "decoder_norm.bias", "decoder_pred.weight", "decoder_pred.bias");
  }

  @Test
  void whereTheEncoderSeesMaskTokensTheNamesStayAndTheTokenHasTheEncodersWidth() {
    MaskedAutoencoder plain =
        model(new ImageSpec(32, 32, 3, 4), new VitConfig(48, 2, 3, 4), new VitConfig(32, 1, 4, 4));
    MaskedAutoencoder model =
        new MaskedAutoencoder(plain.encoder(), plain.decoder(), plain.normPixLoss(), true);

    assertThat(model.parameters().stream().map(ParameterSpec::name))
        .containsExactlyElementsOf(plain.parameters().stream().map(ParameterSpec::name).toList());
    ParameterSpec token =
        model.parameters().stream()
            .filter(spec -> spec.name().equals("mask_token"))
            .findFirst()
            .orElseThrow();
    assertThat(token.shape()).isEqualTo(Shape.of(1, 1, 48));
    assertThat(token.trainable()).isTrue();
    GraphBuilder graph = new GraphBuilder("g");
    MaskedAutoencoder.Forward forward = model.forward(graph, 2, 16);
    assertThat(forward.latent().shape()).isEqualTo(Shape.of(2, 65, 48));
    assertThat(forward.pred().shape()).isEqualTo(Shape.of(2, 48, 48));
  }

  @Test
  void anEncoderThatTakesNoMaskTokensSaysSo() {
    MaskedAutoencoder plain =
        model(new ImageSpec(8, 8, 1, 4), new VitConfig(8, 1, 2, 4), new VitConfig(8, 1, 2, 4));
    Encoder visibleOnly =
        new Encoder() {
          @Override
          public ImageSpec image() {
            return plain.image();
          }

          @Override
          public int width() {
            return 8;
          }

          @Override
          public List<ParameterSpec> parameters() {
            return plain.encoder().parameters();
          }

          @Override
          public Tensor encode(GraphBuilder graph, Tensor patches, Tensor ids) {
            return plain.encoder().encode(graph, patches, ids);
          }
        };
    MaskedAutoencoder model = new MaskedAutoencoder(visibleOnly, plain.decoder(), false, true);

    assertThatThrownBy(() -> model.forward(new GraphBuilder("g"), 1, 1))
        .hasMessageContaining("takes no mask tokens; leave out encoder-mask-tokens");
  }

  @Test
  void nonSquareImagesOfAnyChannelCountTraceToPredictionsOfTheirHiddenPatches() {
    ImageSpec image = new ImageSpec(24, 40, 5, 8);
    MaskedAutoencoder model = model(image, new VitConfig(24, 1, 3, 4), new VitConfig(16, 1, 2, 4));
    GraphBuilder graph = new GraphBuilder("g");

    MaskedAutoencoder.Forward forward = model.forward(graph, 2, 3);

    assertThat(forward.latent().shape()).isEqualTo(Shape.of(2, 4, 24));
    assertThat(forward.pred().shape()).isEqualTo(Shape.of(2, 12, 8 * 8 * 5));
  }

  @Test
  void firstValuesFollowTheOfficialInitialisation() {
    MaskedAutoencoder model =
        model(new ImageSpec(32, 32, 3, 4), new VitConfig(192, 1, 3, 4), new VitConfig(96, 1, 3, 4));

    Map<String, Array> values = model.initialize(new Randomness(7));

    double qkvBound = Math.sqrt(6.0 / (3 * 192 + 192));
    assertUniform(values.get("blocks.0.attn.qkv.weight").floats(), qkvBound);
    assertUniform(values.get("patch_embed.proj.weight").floats(), Math.sqrt(6.0 / (192 + 48)));
    assertUniform(values.get("patch_embed.proj.bias").floats(), 1 / Math.sqrt(48));
    assertThat(values.get("blocks.0.attn.qkv.bias").floats()).containsOnly(0f);
    assertThat(values.get("norm.weight").floats()).containsOnly(1f);
    assertThat(deviation(values.get("cls_token").floats())).isBetween(0.016, 0.024);
  }

  @Test
  void sameSeedGivesTheSameFirstValuesAndAnotherSeedOthers() {
    MaskedAutoencoder model =
        model(new ImageSpec(8, 8, 1, 4), new VitConfig(8, 1, 2, 4), new VitConfig(8, 1, 2, 4));

    float[] first = model.initialize(new Randomness(1)).get("decoder_pred.weight").floats();

    assertThat(model.initialize(new Randomness(1)).get("decoder_pred.weight").floats())
        .isEqualTo(first);
    assertThat(model.initialize(new Randomness(2)).get("decoder_pred.weight").floats())
        .isNotEqualTo(first);
  }

  @Test
  void aWidthTheHeadsDoNotDivideIsRefused() {
    assertThatThrownBy(() -> new VitConfig(96, 4, 5, 4))
        .hasMessage("width 96 is not divisible by heads 5");
  }

  private static void assertUniform(float[] values, double bound) {
    double max = 0;
    for (float value : values) {
      max = Math.max(max, Math.abs(value));
    }
    assertThat(max).isBetween(0.95 * bound, bound);
    // the deviation of a uniform distribution in ±bound is bound/√3
    assertThat(deviation(values)).isBetween(0.9 * bound / Math.sqrt(3), 1.1 * bound / Math.sqrt(3));
  }

  private static double deviation(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum / values.length);
  }
}
