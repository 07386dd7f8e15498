package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.command.CommandLineRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole ablations of tiny models on the built-in sample and the reference engine. */
class AblateCommandTest {
  private static final List<String> SMALL_MODEL =
      List.of(
          "--data=sample",
          "--limit=24",
          "--encoder-width=8",
          "--encoder-depth=1",
          "--encoder-heads=2",
          "--decoder-width=8",
          "--decoder-depth=1",
          "--decoder-heads=2",
          "--patch-size=7",
          "--batch-size=8",
          "--epochs=2",
          "--evaluate=knn");

  @TempDir Path folder;

  private static Result mae(List<String> command, Object... more) {
    List<String> args = new ArrayList<>(command);
    for (Object argument : more) {
      args.add(argument.toString());
    }
    return CommandLineRunner.run(args.toArray(String[]::new));
  }

  private Result ablate(Object... more) {
    List<String> args = new ArrayList<>(List.of("ablate", "--out", folder.resolve("a").toString()));
    args.addAll(SMALL_MODEL);
    return mae(args, more);
  }

  private Path out(String name) {
    return folder.resolve("a").resolve(name);
  }

  private JsonNode json(String name) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(out(name)));
  }

  @Test
  void everyCellIsARunAndTheResultsPutThemSideBySide() throws IOException {
    Result result = ablate("--axis", "masking=random:0.75,block:0.5", "--seeds", "0,1");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("Cell 1 of 4: masking random:0.75, seed 0")
        .contains("Cell 4 of 4: masking block:0.5, seed 1, ETA of all");
    for (String cell :
        List.of(
            "masking-random-0.75_seed-0",
            "masking-block-0.5_seed-0",
            "masking-random-0.75_seed-1",
            "masking-block-0.5_seed-1")) {
      assertThat(out(cell))
          .isDirectoryContaining("glob:**/checkpoint.safetensors")
          .isDirectoryContaining("glob:**/results.json")
          .isDirectoryContaining("glob:**/report.html");
    }
    assertThat(out("masking-block-0.5_seed-1/config.yaml"))
        .content()
        .contains("masking: block", "mask-ratio: 0.5", "seed: 1");
    assertThat(result.out())
        .containsPattern("\\| random:0\\.75 \\| 0 1 +\\| .*[0-9.]+ ± [0-9.]+")
        .containsPattern("\\| block:0\\.5 +\\| 0 1 +\\| .*[0-9.]+ ± [0-9.]+");
    assertThat(out("results.md"))
        .content()
        .contains(
            "# Ablation: masking on sample", "--axis masking=random:0.75,block:0.5 --seeds 0,1");
    assertThat(Files.readAllLines(out("results.csv"))).hasSize(3);
    JsonNode tree = json("results.json");
    assertThat(tree.path("cells")).hasSize(4);
    JsonNode first = tree.path("rows").get(0);
    double mean =
        StreamSupport.stream(tree.path("cells").spliterator(), false)
            .filter(cell -> cell.path("setting").equals(first.path("setting")))
            .mapToDouble(cell -> cell.path("accuracy").path("knn").asDouble())
            .average()
            .orElseThrow();
    assertThat(first.path("values").path("knn").path("mean").asDouble()).isEqualTo(mean);
    assertThat(ImageIO.read(out("accuracy.png").toFile()).getWidth()).isEqualTo(760);
    // originals and two strips for each of two settings, of 112 pixels
    assertThat(ImageIO.read(out("reconstructions.png").toFile()).getHeight()).isGreaterThan(560);
  }

  @Test
  void aShareOfTheLabelsIsASettingOfTheAblation() throws IOException {
    assertThat(ablate("--axis", "mask-ratio=0.5", "--set", "label-fraction=1").exitCode()).isZero();
    assertThat(out("ablation.yaml")).content().contains("label-fraction: 1");
    Result other = ablate("--axis", "mask-ratio=0.5", "--set", "label-fraction=0.1");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("label-fraction was 1 and is 0.1");
  }

  @Test
  void finishedCellsAreKeptAndMoreValuesAndEvaluatorsMayFollow() throws IOException {
    assertThat(ablate("--axis", "mask-ratio=0.5,0.75").exitCode()).isZero();
    Path checkpoint = out("mask-ratio-0.5_seed-0/checkpoint.safetensors");
    FileTime before = Files.getLastModifiedTime(checkpoint);
    byte[] bytes = Files.readAllBytes(checkpoint);

    Result more = ablate("--axis", "mask-ratio=0.5,0.25");
    assertThat(more.exitCode()).as(more.err()).isZero();
    assertThat(more.err())
        .contains("Cell 1 of 2: mask-ratio 0.5, seed 0 is finished already")
        .contains("Cell 2 of 2: mask-ratio 0.25, seed 0");
    assertThat(Files.getLastModifiedTime(checkpoint)).isEqualTo(before);

    List<String> command =
        new ArrayList<>(List.of("ablate", "--out", folder.resolve("a").toString()));
    command.addAll(SMALL_MODEL.subList(0, SMALL_MODEL.size() - 1));
    Result other = mae(command, "--axis", "mask-ratio=0.5", "--evaluate", "knn,linear");
    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(Files.readAllBytes(checkpoint)).isEqualTo(bytes);
    JsonNode accuracy = json("results.json").path("cells").get(0).path("accuracy");
    assertThat(accuracy.path("knn").isNumber()).isTrue();
    assertThat(accuracy.path("linear").isNumber()).isTrue();
  }

  @Test
  void anInterruptedCellGoesOnFromItsCheckpointToTheSameBits() throws IOException {
    assertThat(ablate("--axis", "decoder-depth=1").exitCode()).isZero();
    Path whole =
        Files.copy(out("decoder-depth-1_seed-0/checkpoint.safetensors"), folder.resolve("whole"));

    // What an interruption leaves: a checkpoint in the middle, and no result.
    Path cell = out("decoder-depth-1_seed-0");
    Files.delete(cell.resolve("cell.json"));
    Files.delete(cell.resolve("checkpoint.safetensors"));
    Result half =
        mae(
            List.of("pretrain", "--config", cell.resolve("config.yaml").toString()),
            "--steps",
            4,
            "--out",
            folder.resolve("half"));
    assertThat(half.exitCode()).as(half.err()).isZero();
    Files.move(
        folder.resolve("half/checkpoint.safetensors"), cell.resolve("checkpoint.safetensors"));

    Result again = ablate("--axis", "decoder-depth=1");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("goes on after step 4");
    assertThat(values(cell.resolve("checkpoint.safetensors"))).isEqualTo(values(whole));
  }

  private static String values(Path checkpoint) {
    return io.mae4j.core.checkpoint.CheckpointFile.read(checkpoint).model().entrySet().stream()
        .map(entry -> entry.getKey() + java.util.Arrays.hashCode(entry.getValue().toFloats()))
        .toList()
        .toString();
  }

  @Test
  void aCellThatFailsIsReportedAndTheOthersGoOn() throws IOException {
    Result result = ablate("--axis", "batch-size=1000,8");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("Cell 1 of 2: batch-size 1000, seed 0 failed: batch size 1000 is larger than")
        .contains("1 of 2 trainings failed");
    assertThat(json("results.json").path("cells")).hasSize(1);
    assertThat(json("results.json").path("failed").get(0).path("reason").asString())
        .contains("larger than the data set");
    assertThat(out("results.md")).content().contains("- batch-size 1000, seed 0: batch size");
  }

  @Test
  void anAblationOfOtherSettingsIsNotMixedIn() {
    assertThat(ablate("--axis", "mask-ratio=0.5").exitCode()).isZero();
    Result result = ablate("--axis", "mask-ratio=0.75", "--set", "blr=0.5");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("blr was 0.001 and is 0.5");
  }

  @Test
  void whatCannotBeDoneIsSaidBeforeAnythingIsTrained() throws IOException {
    assertThat(ablate().err()).contains("nothing is varied");
    assertThat(ablate("--axis", "mask-ratoi=0.5").err())
        .contains("unknown key 'mask-ratoi'. Did you mean 'mask-ratio'?");
    Result evaluator = ablate("--axis", "mask-ratio=0.5", "--evaluate", "linaer");
    assertThat(evaluator.exitCode()).isEqualTo(2);
    assertThat(evaluator.err()).contains("Did you mean 'linear'?");
    assertThat(out("")).doesNotExist();
    Path precious = Files.createDirectories(folder.resolve("full"));
    Files.writeString(precious.resolve("thesis.txt"), "precious");
    List<String> command = new ArrayList<>(List.of("ablate", "--out", precious.toString()));
    command.addAll(SMALL_MODEL);
    assertThat(mae(command, "--axis", "mask-ratio=0.5").err())
        .contains("is not empty and holds no ablation");
  }

  @Test
  void augmentationsAndMaskTokensInTheEncoderAreSettings() throws IOException {
    Result result = ablate("--preset", "table-1e", "--encoder-mask-tokens", "--norm-pix-loss");

    assertThat(result.exitCode()).as(result.err()).isZero();
    JsonNode cells = json("results.json").path("cells");
    assertThat(cells).hasSize(3);
    assertThat(StreamSupport.stream(cells.spliterator(), false))
        .extracting(cell -> cell.path("loss").asDouble())
        .doesNotHaveDuplicates();
    assertThat(out("crop-flip-none-false_seed-0")).isDirectory();
    JsonNode info =
        JsonMapper.shared()
            .readTree(
                mae(List.of("info", out("crop-flip-none-false_seed-0").toString(), "--json"))
                    .out());
    assertThat(info.path("tensors").path("mask_token").asString()).isEqualTo("[1, 1, 8]");
    Path exported = folder.resolve("official.pth");
    Result refused =
        mae(
            List.of("convert", out("crop-flip-none-false_seed-0").toString()),
            exported,
            "--to",
            "official");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("was trained with encoder-mask-tokens");
    assertThat(exported).doesNotExist();
    Path timm = folder.resolve("timm");
    Result encoder =
        mae(
            List.of("convert", out("crop-flip-none-false_seed-0").toString()),
            timm,
            "--to",
            "timm");
    assertThat(encoder.exitCode()).as(encoder.err()).isZero();
    assertThat(timm).isDirectoryContaining("glob:**/config.json");
  }

  @Test
  void helpNamesEveryPreset() {
    Result result = mae(List.of("ablate", "--help"));
    for (io.mae4j.cli.ablation.AblationPreset preset :
        io.mae4j.cli.ablation.AblationPreset.values()) {
      assertThat(result.out()).contains(preset.label() + ": ");
    }
  }

  @Test
  void theAsymmetryIsMeasuredBesideThePublishedSpeedUps() {
    List<String> command =
        List.of(
            "bench",
            "asymmetry",
            "--encoder-width=8",
            "--encoder-depth=2",
            "--encoder-heads=2",
            "--decoder-width=8",
            "--decoder-heads=2",
            "--input-size=16",
            "--patch-size=4",
            "--batch-size=2",
            "--steps=2",
            "--warm-up=1");
    JsonNode json = JsonMapper.shared().readTree(mae(command, "--json").out());
    JsonNode variants = json.path("variants");
    assertThat(variants).hasSize(3);
    assertThat(variants.get(0).path("encoder_mask_tokens").asBoolean()).isTrue();
    assertThat(variants.get(0).path("speed_up").asDouble()).isEqualTo(1);
    assertThat(variants.get(1).path("decoder_depth").asInt()).isEqualTo(8);
    assertThat(variants.get(2).path("decoder_depth").asInt()).isEqualTo(1);
    assertThat(variants.get(1).path("gflop_per_step").asDouble())
        .isLessThanOrEqualTo(variants.get(0).path("gflop_per_step").asDouble());
    assertThat(variants.get(2).path("fewer_operations").asDouble()).isGreaterThan(1);
    assertThat(variants.get(2).path("published_speed_up").asDouble()).isEqualTo(3.7);
    assertThat(json.path("model").asString()).isEqualTo("large");
    assertThat(mae(command, "--model=tiny").out())
        .contains("without mask tokens", "speed-up")
        .doesNotContain("3.7x");
  }
}
