package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import io.mae4j.cli.command.CommandLineRunner.Result;
import io.mae4j.core.checkpoint.Safetensors;
import io.mae4j.core.checkpoint.SafetensorsReader;
import io.mae4j.core.checkpoint.SafetensorsWriter;
import io.mae4j.core.checkpoint.format.Architecture;
import io.mae4j.core.checkpoint.format.ExportFormat;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code mae forward}, {@code mae convert} and {@code mae info} on files of every form. */
class ModelFilesCommandTest {
  private static final ImageSpec IMAGE = new ImageSpec(4, 6, 2, 2);
  private static final VitConfig ENCODER = new VitConfig(8, 1, 2, 4);
  private static final VitConfig DECODER = new VitConfig(4, 1, 1, 4);
  private static final int BATCH = 3;

  @TempDir Path folder;
  private Path official;
  private Path input;

  @BeforeEach
  void make() {
    official = folder.resolve("model.pth");
    write(ExportFormat.OFFICIAL, official, Optional.of(DECODER), Map.of());
    input = folder.resolve("in.safetensors");
    input(input, IMAGE.height(), IMAGE.width(), IMAGE.channels());
  }

  private static void write(
      ExportFormat format, Path path, Optional<VitConfig> decoder, Map<String, Array> changed) {
    MaskedAutoencoder model =
        new MaskedAutoencoder(
            new VitEncoder(IMAGE, ENCODER), new MaeDecoder(IMAGE, ENCODER.width(), DECODER), false);
    Map<String, Array> values = new LinkedHashMap<>(model.initialize(new Randomness(1)));
    values.putAll(changed);
    if (decoder.isEmpty()) {
      values.keySet().removeIf(name -> name.startsWith("decoder_") || name.equals("mask_token"));
    }
    format.write(Path.of("in"), path, new Architecture(IMAGE, ENCODER, decoder, true), values);
  }

  private static void input(Path path, int height, int width, int channels) {
    Draws random = new Randomness(2).draws("test", 0, 0);
    float[] images = new float[BATCH * channels * height * width];
    float[] noise = new float[BATCH * (height / IMAGE.patch()) * (width / IMAGE.patch())];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.gaussian();
    }
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.unit();
    }
    Map<String, Array> tensors = new LinkedHashMap<>();
    tensors.put("images", Array.of(Shape.of(BATCH, channels, height, width), images));
    tensors.put("noise", Array.of(Shape.of(BATCH, noise.length / BATCH), noise));
    SafetensorsWriter.write(path, new Safetensors(tensors, Map.of()));
  }

  private static Result mae(Object... args) {
    return CommandLineRunner.run(Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
  }

  private Map<String, Array> forward(Path model, Object... more) {
    Path output = folder.resolve("out.safetensors");
    Object[] args = {"forward", "--checkpoint", model, "--input", input, "--output", output};
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    Result result = mae(all);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return SafetensorsReader.read(output).tensors();
  }

  private static Array get(Map<String, Array> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  @Test
  void forwardWritesWhatCanBeCompared() {
    Map<String, Array> out = forward(official, "--mask-ratio", 0.5, "--gradients");

    assertThat(get(out, "latent").shape()).isEqualTo(Shape.of(BATCH, 4, 8));
    assertThat(get(out, "pred").shape()).isEqualTo(Shape.of(BATCH, 6, 8));
    assertThat(get(out, "ids_restore").shape()).isEqualTo(Shape.of(BATCH, 6));
    assertThat(get(out, "loss").shape()).isEqualTo(Shape.of());
    assertThat(out.keySet())
        .contains("grad.cls_token", "grad.mask_token", "grad.decoder_pred.bias")
        .doesNotContain("grad.pos_embed", "grad.decoder_pos_embed");
    assertThat(get(out, "grad.patch_embed.proj.weight").shape()).isEqualTo(Shape.of(8, 2, 2, 2));
    assertLossIsThatOfTheMask(out, false);
  }

  @Test
  void forwardNormalisesTargetsOnlyWhenTold() {
    assertLossIsThatOfTheMask(forward(official), false);
    assertLossIsThatOfTheMask(forward(official, "--norm-pix-loss"), true);
  }

  /** The loss once more, from the predictions and the mask of the output. */
  private void assertLossIsThatOfTheMask(Map<String, Array> out, boolean normalised) {
    float[] images = get(SafetensorsReader.read(input).tensors(), "images").floats();
    double[] pred = get(out, "pred").toDoubles();
    double[] mask = get(out, "mask").toDoubles();
    double sum = 0;
    for (int b = 0; b < BATCH; b++) {
      for (int patch = 0; patch < 6; patch++) {
        double[] target = new double[8];
        for (int i = 0; i < 8; i++) {
          int channel = i % 2;
          int row = patch / 3 * 2 + i / 4;
          int column = patch % 3 * 2 + i / 2 % 2;
          target[i] = images[((b * 2 + channel) * 4 + row) * 6 + column];
        }
        if (normalised) {
          double mean = Arrays.stream(target).average().orElseThrow();
          double variance = Arrays.stream(target).map(x -> (x - mean) * (x - mean)).sum() / 7;
          target =
              Arrays.stream(target).map(x -> (x - mean) / Math.sqrt(variance + 1e-6)).toArray();
        }
        for (int i = 0; i < 8; i++) {
          double error = pred[(b * 6 + patch) * 8 + i] - target[i];
          sum += mask[b * 6 + patch] * error * error / 8;
        }
      }
    }
    double hidden = Arrays.stream(mask).sum();
    assertThat(get(out, "loss").item()).isCloseTo(sum / hidden, within(1e-9));
  }

  @Test
  void everyFormOfAModelGivesTheSameBits() {
    Map<String, Array> expected = forward(official);
    for (String form : new String[] {"huggingface", "official", "mae"}) {
      Path converted = folder.resolve("as-" + form);
      Result result = mae("convert", official, converted, "--to", form);
      assertThat(result.exitCode()).as(result.err()).isZero();

      Map<String, Array> found = forward(converted);

      expected.forEach(
          (name, array) ->
              assertThat(get(found, name).toDoubles())
                  .as(form + " " + name)
                  .isEqualTo(array.toDoubles()));
    }
  }

  @Test
  void withNothingHiddenThereIsNoLossAndGradientsAreRefused() {
    Map<String, Array> out = forward(official, "--mask-ratio", 0);

    assertThat(get(out, "latent").shape()).isEqualTo(Shape.of(BATCH, 7, 8));
    assertThat(get(out, "mask").toDoubles()).containsOnly(0);
    assertThat(get(out, "loss").item()).isNaN();
    Result refused =
        mae(
            "forward",
            "--checkpoint",
            official,
            "--input",
            input,
            "--output",
            folder.resolve("no"),
            "--mask-ratio",
            0,
            "--gradients");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("nothing is hidden");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void imagesOfAnotherSizeGetInterpolatedPositions() {
    input(input, 8, 4, 2);
    Path output = folder.resolve("out.safetensors");
    Result result = mae("forward", "--checkpoint", official, "--input", input, "--output", output);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("interpolated from images of 4x6 to 8x4");
    assertThat(get(SafetensorsReader.read(output).tensors(), "pred").shape())
        .isEqualTo(Shape.of(BATCH, 8, 8));
  }

  @Test
  void inputsThatDoNotFitAreNamed() {
    input(input, 4, 6, 3);
    Result result =
        mae("forward", "--checkpoint", official, "--input", input, "--output", folder.resolve("o"));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("in.safetensors: tensor 'images' has 3 channels; the model takes 2");
    assertThat(folder.resolve("o")).doesNotExist();
  }

  @Test
  void anEncoderAloneIsRefusedWhereADecoderIsNeeded() {
    Path encoder = folder.resolve("encoder.pth");
    write(ExportFormat.OFFICIAL, encoder, Optional.empty(), Map.of());
    for (Result result :
        new Result[] {
          mae(
              "forward",
              "--checkpoint",
              encoder,
              "--input",
              input,
              "--output",
              folder.resolve("o")),
          mae("reconstruct", encoder),
          mae("convert", encoder, folder.resolve("o"), "--to", "huggingface")
        }) {
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("encoder only");
    }
    assertThat(folder.resolve("o")).doesNotExist();
    assertThat(mae("convert", encoder, folder.resolve("timm"), "--to", "timm").exitCode()).isZero();
  }

  @Test
  void infoTellsOfAModelOfAnotherLibrary() {
    JsonNode info = JsonMapper.shared().readTree(mae("info", official, "--json").out());

    assertThat(info.path("decoder_parameters").asLong()).isPositive();
    assertThat(info.path("config").path("encoder-heads").asInt()).isEqualTo(2);
    assertThat(info.path("config").path("input-size").asString()).isEqualTo("4x6");
    assertThat(info.path("provenance").path("read_from").asString())
        .isEqualTo("official, .pth (zip)");
  }

  @Test
  void infoTellsHowFarAnOfficialTrainingWas() {
    Path trained =
        Path.of("..", "mae-core/src/test/resources/io/mae4j/core/checkpoint/format/full.pth");
    Result result =
        mae(
            "info",
            trained,
            "--num-heads",
            2,
            "--decoder-num-heads",
            1,
            "--input-size",
            "4x6",
            "--json");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode info = JsonMapper.shared().readTree(result.out());
    assertThat(info.path("optimizer_state").asBoolean()).isTrue();
    assertThat(info.path("epochs_done").asInt()).isEqualTo(2);
    assertThat(info.path("steps_done").asInt()).isEqualTo(1);
  }

  @Test
  void infoShowsWhatIsInAFileOfWhichNoModelCanBeMade() {
    Path trained =
        Path.of("..", "mae-core/src/test/resources/io/mae4j/core/checkpoint/format/full.pth");
    Result heads = mae("info", trained, "--json");
    assertThat(heads.exitCode()).as(heads.err()).isZero();
    JsonNode tree = JsonMapper.shared().readTree(heads.out());
    assertThat(tree.path("no_model").asString()).contains("--input-size");
    assertThat(tree.path("values").asLong()).isPositive();
    assertThat(tree.path("stored_tensors").path("cls_token").asString()).contains("[1, 1, 8]");
    assertThat(tree.path("facts").isObject()).isTrue();

    Result images = mae("info", input);
    assertThat(images.exitCode()).as(images.err()).isZero();
    assertThat(images.out()).contains("noise").contains("no vision transformer");

    assertThat(mae("info", official, "--num-heads", 3).exitCode()).isEqualTo(2);
  }

  @Test
  void infoShowsOurOwnCheckpointWhateverItsValuesAre() {
    Path own = folder.resolve("own.safetensors");
    Map<String, Array> tensors =
        Map.of("norm.bias", Array.of(Shape.of(2), new float[] {0, Float.NaN}));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "mae4j checkpoint 1");
    metadata.put("config", "{}");
    metadata.put("progress", "{\"epoch\":0,\"images\":0,\"step\":3}");
    metadata.put("provenance", "{}");
    SafetensorsWriter.write(own, new Safetensors(tensors, metadata));

    Result info = mae("info", own);

    assertThat(info.exitCode()).as(info.err()).isZero();
    assertThat(info.out()).contains("'norm.bias' holds NaN at element 1").contains("[2]");
  }

  /** A pickle that asks to run {@code os.system("exit 7")}. */
  private static final String SYSTEM_CALL = "cos\nsystem\n(S'exit 7'\ntR.";

  private static byte[] safetensors(long headerBytes, String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + json.length + 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(headerBytes)
        .put(json)
        .array();
  }

  private static void bomb(Path path) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      for (int megabyte = 0; megabyte < 256; megabyte++) {
        zip.write(new byte[1 << 20]);
      }
      zip.closeEntry();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nan",
        "shape",
        "cut",
        "folder",
        "absent",
        "text",
        "call",
        "past-end",
        "huge",
        "bomb"
      })
  void aBadCheckpointIsOneSentenceExitCodeOneAndNoOutput(String kind) throws IOException {
    Path bad = folder.resolve("bad");
    switch (kind) {
      case "nan", "shape" ->
          write(
              ExportFormat.HUGGINGFACE,
              Files.createDirectory(folder.resolve("x")).resolve("y"),
              Optional.of(DECODER),
              Map.of());
      case "cut" -> {
        byte[] bytes = Files.readAllBytes(official);
        Files.write(bad, Arrays.copyOf(bytes, bytes.length / 2));
      }
      case "folder" -> Files.createDirectory(bad);
      case "call" -> {
        byte[] pickle = ("\u0080\u0002" + SYSTEM_CALL).getBytes(StandardCharsets.ISO_8859_1);
        Files.write(bad, pickle);
      }
      case "past-end" -> {
        String header = "{\"norm.bias\":{\"dtype\":\"F32\",\"shape\":[8],\"data_offsets\":[0,32]}}";
        Files.write(bad, safetensors(header.length(), header));
      }
      case "huge" -> Files.write(bad, safetensors(1L << 60, "{}"));
      case "bomb" -> bomb(bad);
      case "text" -> Files.writeString(bad, "this is not a checkpoint at all");
      default -> assertThat(bad).doesNotExist();
    }
    if (kind.equals("nan") || kind.equals("shape")) {
      Map<String, Array> tensors =
          new LinkedHashMap<>(
              SafetensorsReader.read(folder.resolve("x/y/model.safetensors")).tensors());
      tensors.put(
          "vit.layernorm.bias",
          kind.equals("nan")
              ? Array.of(Shape.of(8), new float[] {0, Float.NaN, 0, 0, 0, 0, 0, 0})
              : Array.of(Shape.of(4), new float[4]));
      bad = folder.resolve("x/y");
      SafetensorsWriter.write(bad.resolve("model.safetensors"), new Safetensors(tensors, Map.of()));
    }
    Path out = folder.resolve("out");
    for (Result result :
        new Result[] {
          mae("convert", bad, out, "--to", "mae"),
          mae("forward", "--checkpoint", bad, "--input", input, "--output", out),
          mae("evaluate", "knn", bad)
        }) {
      assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
      assertThat(result.err().lines()).as(result.err()).hasSize(1);
      assertThat(result.err()).startsWith("mae: ").contains(bad.getFileName().toString());
      assertThat(result.out()).isEmpty();
    }
    assertThat(out).doesNotExist();
    Result info = mae("info", bad);
    if (kind.equals("nan") || kind.equals("shape")) {
      assertThat(info.exitCode()).as(info.err()).isZero();
      assertThat(info.out()).contains("layernorm.bias").contains("norm.bias' h");
    } else {
      assertThat(info.exitCode()).as(info.out()).isEqualTo(1);
      assertThat(info.err().lines()).as(info.err()).hasSize(1);
      assertThat(info.out()).isEmpty();
    }
  }
}
