package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.command.CommandLineRunner.Result;
import io.mae4j.cli.run.RunLock;
import io.mae4j.core.checkpoint.CheckpointFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole commands on small pictures and the reference engine. */
class PretrainCommandTest {
  private static final int PICTURES = 12;
  private static final int SIDE = 16;
  private static final List<String> SMALL_MODEL =
      List.of(
          "--encoder-width=8",
          "--encoder-depth=1",
          "--encoder-heads=2",
          "--decoder-width=8",
          "--decoder-depth=1",
          "--decoder-heads=2",
          "--batch-size=4",
          "--patch-size=4",
          "--epochs=2");

  @TempDir static Path pictures;
  @TempDir Path folder;

  @BeforeAll
  static void draw() throws IOException {
    for (String split : List.of("train", "val")) {
      Stripes.draw(pictures, split, PICTURES, SIDE, "across", "down");
    }
  }

  private Result mae(String command, Object... more) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    for (Object argument : more) {
      args.add(argument.toString());
    }
    return CommandLineRunner.run(args.toArray(String[]::new));
  }

  private Result pretrain(Object... more) {
    List<Object> args = new ArrayList<>(List.of("--data", pictures));
    args.addAll(SMALL_MODEL);
    args.addAll(List.of(more));
    return mae("pretrain", args.toArray());
  }

  @Test
  void leavesACompleteRunFolder() throws IOException {
    Path run = folder.resolve("run");
    Result result = pretrain("--steps", 5, "--out", run);
    assertThat(result.exitCode()).as(result.err()).isZero();
    try (var files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              ".lock",
              "checkpoint.safetensors",
              "config.yaml",
              "metrics.jsonl",
              "loss.png",
              "reconstructions.png",
              "results.json",
              "report.html");
    }
    assertThat(ImageIO.read(run.resolve("reconstructions.png").toFile()).getWidth())
        .isGreaterThan(100);
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertThat(lines).hasSize(5);
    JsonNode third = JsonMapper.shared().readTree(lines.get(2));
    assertThat(third.path("step").asInt()).isEqualTo(3);
    assertThat(third.path("epoch").asDouble()).isEqualTo(0.5);
    assertThat(third.path("loss").asDouble()).isBetween(0.1, 10.0);
    assertThat(third.path("lr").asDouble()).isPositive();
    assertThat(third.path("images_per_s").asDouble()).isPositive();
    assertThat(result.out()).contains(run.resolve("report.html").toString());
    assertThat(result.err()).contains("24 images").contains("step 5/5");
  }

  @Test
  void itsConfigurationRepeatsIt() throws IOException {
    assertThat(pretrain("--steps", 3, "--out", folder.resolve("a"), "--seed", 3).exitCode())
        .isZero();
    Result again =
        mae("pretrain", "--config", folder.resolve("a/config.yaml"), "--out", folder.resolve("b"));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(folder.resolve("b/checkpoint.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("a/checkpoint.safetensors"));
  }

  @Test
  void printsJsonAndNothingElse() {
    Path run = folder.resolve("json");
    Result result = pretrain("--steps", 3, "--out", run, "--json");
    JsonNode json = JsonMapper.shared().readTree(result.out());
    assertThat(json.path("run").asString()).isEqualTo(run.toString());
    assertThat(json.path("steps").asInt()).isEqualTo(3);
    assertThat(json.path("loss").isNumber()).isTrue();
    assertThat(json.path("reconstruction").path("hidden_psnr_db").isNumber()).isTrue();
    assertThat(json.path("interrupted").asBoolean()).isFalse();
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    Path run = folder.resolve("run");
    assertThat(pretrain("--steps", 4, "--out", run).exitCode()).isZero();
    List<String> before = Files.readAllLines(run.resolve("metrics.jsonl"));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        String.join("\n", before) + "\n{\"step\":5,\"loss\":9}\n{\"step\":6,\"lo");
    Result result = mae("pretrain", "--resume", run, "--steps", 7);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("goes on after step 4");
    List<String> after = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertThat(after).hasSize(7).startsWith(before.toArray(String[]::new));
    assertThat(JsonMapper.shared().readTree(after.get(4)).path("loss").asDouble()).isNotEqualTo(9);
  }

  @Test
  void aRunThatHasEndedIsNotTrainedFurther() throws IOException {
    Path run = folder.resolve("run");
    assertThat(pretrain("--steps", 3, "--out", run).exitCode()).isZero();
    byte[] before = Files.readAllBytes(run.resolve("checkpoint.safetensors"));
    Result result = mae("pretrain", "--out", run, "--resume");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(Files.readAllBytes(run.resolve("checkpoint.safetensors"))).isEqualTo(before);
  }

  @Test
  void theLossOfARunThatIsShorterThanAnIntervalOfTheMetricsIsTold() {
    Result result = pretrain("--log-every", 1000, "--out", folder.resolve("run"), "--json");
    JsonNode json = JsonMapper.shared().readTree(result.out());
    assertThat(json.path("loss").isNumber()).as(result.out()).isTrue();
  }

  @Test
  void neverOverwritesAnotherRun() throws IOException {
    Path precious =
        Files.writeString(folder.resolve("thesis.txt"), "precious", StandardCharsets.UTF_8);
    Result result = pretrain("--steps", 1, "--out", folder);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(folder + " is not empty").contains("--resume");
    assertThat(precious).hasContent("precious");
  }

  @Test
  void aFailureLeavesNoFolderBehind() {
    Path run = folder.resolve("run");
    Result result = pretrain("--out", run, "--batch-size", 1000);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("batch size 1000 is larger than the data set");
    assertThat(run).doesNotExist();
  }

  @Test
  void twoRunsAtOnceInOneFolderAreRefusedAndNothingIsLost() throws Exception {
    Path run = folder.resolve("run");
    assertThat(pretrain("--steps", 2, "--out", run).exitCode()).isZero();
    byte[] before = Files.readAllBytes(run.resolve("checkpoint.safetensors"));
    try (RunLock other = new RunLock()) {
      other.take(run);
      Result resumed = mae("pretrain", "--resume", run, "--steps", 4);
      assertThat(resumed.exitCode()).isEqualTo(2);
      assertThat(resumed.err()).contains(run + " is being written to by another run (process");
      Result evaluated = mae("evaluate", "finetune", "--resume", run);
      assertThat(evaluated.err()).contains("another run");
    }
    assertThat(Files.readAllBytes(run.resolve("checkpoint.safetensors"))).isEqualTo(before);

    Path both = folder.resolve("both");
    List<CompletableFuture<Result>> runs =
        Stream.of(3, 4)
            .map(
                steps ->
                    CompletableFuture.supplyAsync(() -> pretrain("--steps", steps, "--out", both)))
            .toList();
    List<Result> results = runs.stream().map(CompletableFuture::join).toList();
    assertThat(results).extracting(Result::exitCode).containsExactlyInAnyOrder(0, 2);
    int winner = results.get(0).exitCode() == 0 ? 3 : 4;
    assertThat(Files.readAllLines(both.resolve("metrics.jsonl"))).hasSize(winner);
    assertThat(steps(both)).isEqualTo(winner);
  }

  @Test
  void aRunWithOtherBatchesInTheMiddleOfAnEpochGoesOnWithTheNextImages() {
    Path run = folder.resolve("larger");
    assertThat(pretrain("--steps", 3, "--out", run).exitCode()).isZero();
    Result larger = mae("pretrain", "--resume", run, "--batch-size", 8, "--set", "steps=");
    assertThat(larger.exitCode()).as(larger.err()).isZero();
    // 12 of 24 images seen by 4: one more step by 8, then three in the second epoch.
    assertThat(steps(run)).isEqualTo(7);

    Path accumulated = folder.resolve("accumulated");
    assertThat(pretrain("--steps", 3, "--out", accumulated).exitCode()).isZero();
    Result result = mae("pretrain", "--resume", accumulated, "--accum-iter", 4, "--set", "steps=");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(steps(accumulated)).isEqualTo(4);
  }

  private static long steps(Path run) {
    return CheckpointFile.read(run.resolve("checkpoint.safetensors")).progress().step();
  }

  /** The weights are still numbers after such a step, but no longer what is computed with them. */
  @Test
  void weightsOfWhichNothingCanBeComputedAreNoSuccess() {
    Path run = folder.resolve("run");
    Result result = pretrain("--lr=3e38", "--warmup-epochs=0", "--steps=1", "--out", run);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("lower learning rate");
    assertThat(result.out()).isEmpty();
    Path vectors = folder.resolve("vectors.csv");
    assertThat(mae("features", run, "--out", vectors).err()).contains("lower learning rate");
    assertThat(vectors).doesNotExist();
  }

  @Test
  void whatDoesNotFitTheImagesIsSaidWithTheNameOfItsOptionBeforeTheStart() {
    Path run = folder.resolve("run");
    Result mean = pretrain("--pixel-mean=0.5", "--pixel-std=0.5", "--out", run);
    assertThat(mean.exitCode()).isEqualTo(2);
    assertThat(mean.err())
        .contains("have 1 number, the images 3 channels")
        .contains("--pixel-mean");
    Result channels = pretrain("--in-chans=4", "--out", run);
    assertThat(channels.exitCode()).isEqualTo(2);
    assertThat(channels.err()).contains("--in-chans 3").doesNotContain("Engine");
    assertThat(run).doesNotExist();
  }

  @Test
  void hiddenPatchesAreCounted() {
    Result result = pretrain("--mask-ratio=0.01", "--steps=1", "--out", folder.resolve("run"));
    assertThat(result.err()).contains("1 of 16 patches hidden");
  }

  @Test
  void aRecipeIsPrintedWithWhatWasSaidBesides() throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), "epochs: 77\n");
    assertThat(mae("quickstart", "--config", file, "--seed", 5, "--print-recipe").out())
        .contains("epochs: 77")
        .contains("seed: 5")
        .contains("norm-pix-loss: true");
    assertThat(mae("evaluate", "finetune", "--set", "epochs=78", "--print-recipe").out())
        .contains("epochs: 78")
        .contains("layer-decay: 0.65");
    assertThat(mae("quickstart", "--set", "epochs=none", "--print-recipe").exitCode()).isEqualTo(2);
  }

  @Test
  void resultsAreShownBeforeTheyAreWritten() throws IOException {
    Path run = folder.resolve("run");
    assertThat(pretrain("--steps", 1, "--out", run).exitCode()).isZero();
    Files.createDirectory(run.resolve("evaluation-knn.json"));
    Result knn = mae("evaluate", "knn", run, "--k", 3);
    assertThat(knn.exitCode()).isEqualTo(1);
    assertThat(knn.out()).contains("pre-trained encoder");
    assertThat(knn.err()).contains("cannot write").contains("evaluation-knn.json");

    Path other =
        Files.copy(run.resolve("checkpoint.safetensors"), run.resolve("other.safetensors"));
    assertThat(mae("evaluate", "knn", other, "--k", 3).exitCode()).isZero();
    assertThat(run.resolve("evaluation-knn-other.safetensors.json")).exists();

    Path vectors = Files.createDirectory(folder.resolve("vectors.npy"));
    Result features = mae("features", run, "--out", vectors);
    assertThat(features.exitCode()).isEqualTo(1);
    assertThat(features.err())
        .contains("a folder of that name is in the way")
        .doesNotContain("encoded");

    Path next = folder.resolve("next");
    assertThat(pretrain("--steps", 1, "--out", next).exitCode()).isZero();
    Files.delete(next.resolve("report.html"));
    Files.createDirectory(next.resolve("report.html"));
    Result again = mae("pretrain", "--resume", next);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.out()).contains("Trained to step 1");
  }

  @Test
  void aResumedRunStaysInItsFolder() {
    Path run = folder.resolve("run");
    assertThat(pretrain("--steps", 1, "--out", run).exitCode()).isZero();
    Result result = mae("pretrain", "--resume", run, "--out", folder.resolve("elsewhere"));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("goes on in its own folder");
    assertThat(mae("pretrain", "--resume").err()).contains("--out");
  }

  @Test
  void aTrainedModelIsMeasuredShownAndDrawn() throws IOException {
    Path run = folder.resolve("run");
    assertThat(pretrain("--steps", 2, "--out", run).exitCode()).isZero();

    Result info = mae("info", run, "--json");
    JsonNode tree = JsonMapper.shared().readTree(info.out());
    assertThat(tree.path("steps_done").asInt()).isEqualTo(2);
    assertThat(tree.path("parameters").asLong())
        .isEqualTo(
            tree.path("encoder_parameters").asLong() + tree.path("decoder_parameters").asLong());
    assertThat(tree.path("config").path("patch-size").isMissingNode()).isFalse();
    JsonNode provenance = tree.path("provenance");
    assertThat(provenance.propertyNames())
        .contains("mae4j", "engine", "device", "java", "data", "images", "data_sha256", "seed");
    assertThat(provenance.path("engine").asString()).startsWith("reference: ");
    assertThat(provenance.path("data_sha256").asString()).matches("[0-9a-f]{64}");

    for (String measure : List.of("knn", "linear")) {
      Result result =
          measure.equals("linear")
              ? mae("evaluate", measure, run, "--cached", "--json")
              : mae("evaluate", measure, run, "--json");
      assertThat(result.exitCode()).as(result.err()).isZero();
      JsonNode rows = JsonMapper.shared().readTree(result.out()).path("results");
      assertThat(rows)
          .extracting(row -> row.path("representation").asString())
          .containsExactly("pre-trained encoder", "untrained encoder", "raw pixels");
      assertThat(rows)
          .allSatisfy(
              row ->
                  assertThat(row.path("evaluations").path(measure).path("accuracy").asDouble())
                      .isBetween(0.0, 100.0));
      assertThat(run.resolve("evaluation-" + measure + ".json")).exists();
    }

    Path picture = folder.resolve("picture.png");
    Result drawn = mae("reconstruct", run, "--images", 2, "--out", picture, "--mask-ratio", 0.5);
    assertThat(drawn.exitCode()).as(drawn.err()).isZero();
    assertThat(ImageIO.read(picture.toFile()).getHeight()).isGreaterThan(200);
  }

  @Test
  void featuresNameTheirImagesAndFollowTheImageSize() throws IOException {
    Path run = folder.resolve("run");
    assertThat(pretrain("--steps", 1, "--out", run).exitCode()).isZero();
    Path csv = folder.resolve("features.csv");
    Result result = mae("features", run, "--split", "test", "--out", csv);
    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(1 + 2 * PICTURES);
    assertThat(lines.get(0)).isEqualTo("id,label,f0,f1,f2,f3,f4,f5,f6,f7");
    assertThat(lines).anyMatch(line -> line.matches(".*down/3\\.png,1(,-?[0-9.E-]+){8}"));

    Path larger = folder.resolve("larger.csv");
    assertThat(
            mae("features", run, "--split", "test", "--input-size", "32x24", "--out", larger)
                .exitCode())
        .isZero();
    assertThat(Files.readAllLines(larger)).hasSameSizeAs(lines).isNotEqualTo(lines);

    Path encoder = folder.resolve("timm");
    assertThat(mae("convert", run, encoder, "--to", "timm").exitCode()).isZero();
    Path same = folder.resolve("same.csv");
    assertThat(
            mae("features", encoder, "--data", pictures, "--split", "test", "--out", same)
                .exitCode())
        .isZero();
    assertThat(Files.readAllLines(same)).isEqualTo(lines);
    assertThat(mae("features", run, "--out", folder.resolve("x.txt")).err()).contains(".npy");
  }
}
