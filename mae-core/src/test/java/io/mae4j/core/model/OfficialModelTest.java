package io.mae4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.graph.Array;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.OfficialFigures;
import io.mae4j.core.checkpoint.SafetensorsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, shapes, counts and position tables of the published models; see ORIGIN.md. */
@Tag("official")
class OfficialModelTest {
  private static final double EXACT = 1e-12;
  private static final String NAMES = "names, shapes and counts";
  private static final String TABLES = "position tables";
  private static final String RESIZED = "position tables of another grid";

  private static List<String> lines(String name) {
    try (InputStream in =
        Objects.requireNonNull(OfficialModelTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Array> arrays(String name) {
    try {
      return SafetensorsReader.read(
              Path.of(
                  Objects.requireNonNull(OfficialModelTest.class.getResource(name), name).toURI()))
          .tensors();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mae_vit_base_patch16,16,768,12,12,85798656",
    "mae_vit_large_patch16,16,1024,24,16,303301632",
    "mae_vit_huge_patch14,14,1280,32,16,630764800"
  })
  void namesShapesAndCountsAreThePublishedOnes(
      String name, int patch, int width, int depth, int heads, long encoderParameters) {
    ImageSpec image = new ImageSpec(224, 224, 3, patch);
    VitEncoder encoder = new VitEncoder(image, new VitConfig(width, depth, heads, 4));
    MaeDecoder decoder = new MaeDecoder(image, width, new VitConfig(512, 8, 16, 4));
    List<ParameterSpec> specs = new MaskedAutoencoder(encoder, decoder, false).parameters();

    List<String> expected = lines(name + ".txt");
    assertThat(specs.stream().map(OfficialModelTest::line))
        .containsExactlyElementsOf(expected.subList(2, expected.size()));
    assertCounts(expected, specs);
    assertThat(count(encoder.parameters())).isEqualTo(encoderParameters);
  }

  @ParameterizedTest
  @CsvSource({"vit_base_patch16_cls,CLS", "vit_base_patch16_gap,MEAN"})
  void namesShapesAndCountsOfTheClassifierAreThePublishedOnes(String name, Pool pool) {
    VitClassifier classifier =
        new VitClassifier(
            new VitEncoder(new ImageSpec(224, 224, 3, 16), new VitConfig(768, 12, 12, 4)),
            pool,
            ClassifierHead.fineTuning(768, 1000),
            Tuning.ALL,
            new DropPath(0.1, 12));

    List<String> expected = lines(name + ".txt");
    // The official mean-pooling model registers its norm after its head.
    assertThat(classifier.parameters().stream().map(OfficialModelTest::line))
        .containsExactlyInAnyOrderElementsOf(expected.subList(2, expected.size()));
    assertCounts(expected, classifier.parameters());
  }

  private static void assertCounts(List<String> expected, List<ParameterSpec> specs) {
    assertThat("all " + count(specs)).isEqualTo(expected.get(0));
    assertThat("trainable " + count(specs.stream().filter(ParameterSpec::trainable).toList()))
        .isEqualTo(expected.get(1));
    OfficialFigures.keep(NAMES, 0);
  }

  private static String line(ParameterSpec spec) {
    return spec.name()
        + " "
        + Arrays.stream(spec.shape().dims())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining("x"));
  }

  private static long count(List<ParameterSpec> specs) {
    return specs.stream().mapToLong(spec -> spec.shape().size()).sum();
  }

  @Test
  void positionsAreThePublishedOnesToTheLastDigits() {
    Map<String, Array> official = arrays("sincos.safetensors");
    assertClose(TABLES, SinCosPositions.table(8, 8, 48), official.get("d48_g8"));
    assertRow(SinCosPositions.table(14, 14, 768), 15, official.get("d768_g14_row15"));
    assertRow(SinCosPositions.table(14, 14, 768), 196, official.get("d768_g14_row196"));
    assertRow(SinCosPositions.table(16, 16, 1280), 3, official.get("d1280_g16_row3"));
  }

  private static void assertRow(double[] table, int row, Array expected) {
    int width = expected.shape().dim(0);
    assertClose(TABLES, Arrays.copyOfRange(table, row * width, (row + 1) * width), expected);
  }

  private static void assertClose(String quantity, double[] found, Array expected) {
    assertThat(OfficialFigures.difference(quantity, found, expected.doubles()))
        .as(quantity)
        .isLessThanOrEqualTo(EXACT);
  }

  @ParameterizedTest
  @CsvSource({"3,5,4,2", "3,5,7,11", "4,4,4,4", "1,2,3,3"})
  void positionsOfAnotherGridAreThoseOfTorch(int rows, int columns, int newRows, int newColumns) {
    Map<String, Array> tables = arrays("positions.safetensors");
    String name = rows + "x" + columns + "_" + newRows + "x" + newColumns;

    Array resized =
        PositionResize.table(
            tables.get(name + ".in"),
            new PatchGrid(rows, columns),
            new PatchGrid(newRows, newColumns));

    assertThat(resized.shape()).isEqualTo(tables.get(name + ".out").shape());
    assertClose(RESIZED, resized.doubles(), tables.get(name + ".out"));
  }

  @ParameterizedTest
  @CsvSource({"12", "5"})
  void positionsOfAnotherGridAreThoseOfTheOfficialHelper(int side) {
    Map<String, Array> tables = arrays("official_positions.safetensors");
    Array source = tables.get("random_d48_g8");
    Array wide = Array.of(source.shape(), source.toDoubles());

    Array resized = PositionResize.table(wide, new PatchGrid(8, 8), new PatchGrid(side, side));

    assertClose(RESIZED, resized.doubles(), tables.get("random_d48_g8_to_" + side));
    assertThat(PositionResize.table(source, new PatchGrid(8, 8), new PatchGrid(side, side)).dtype())
        .isEqualTo(source.dtype());
  }

  @Test
  void encoderAndDecoderPositionsAreBothResizedAndNothingElse() {
    Array table = arrays("positions.safetensors").get("3x5_4x2.in");
    Map<String, Array> values =
        Map.of("pos_embed", table, "decoder_pos_embed", table, "norm.weight", table);

    Map<String, Array> resized =
        PositionResize.apply(values, new PatchGrid(3, 5), new PatchGrid(4, 2));

    assertThat(resized.get("pos_embed").shape().dim(1)).isEqualTo(9);
    assertThat(resized.get("decoder_pos_embed").shape().dim(1)).isEqualTo(9);
    assertThat(resized.get("norm.weight")).isSameAs(table);
    assertThat(PositionResize.apply(values, new PatchGrid(3, 5), new PatchGrid(3, 5)))
        .isSameAs(values);
  }
}
