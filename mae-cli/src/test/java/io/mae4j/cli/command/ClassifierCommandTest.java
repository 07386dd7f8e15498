package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.command.CommandLineRunner.Result;
import io.mae4j.core.checkpoint.CheckpointFile;
import io.mae4j.core.checkpoint.FiniteValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Trainings of classifiers on a small model, on the reference engine. */
class ClassifierCommandTest {
  private static final int SIDE = 16;
  private static final List<String> SHORT =
      List.of("--batch-size=4", "--epochs=2", "--crop-scale=0.5", "--blr=0.05");

  @TempDir static Path shared;
  private static Path pictures;
  private static Path model;
  @TempDir Path folder;

  @BeforeAll
  static void pretrain() throws IOException {
    pictures = shared.resolve("pictures");
    Stripes.draw(pictures, "train", 8, SIDE, "across", "down");
    Stripes.draw(pictures, "val", 4, SIDE, "across", "down");
    model = shared.resolve("model");
    Result result =
        CommandLineRunner.run(
            "pretrain",
            "--data=" + pictures,
            "--encoder-width=8",
            "--encoder-depth=2",
            "--encoder-heads=2",
            "--decoder-width=8",
            "--decoder-depth=1",
            "--decoder-heads=2",
            "--batch-size=4",
            "--patch-size=4",
            "--epochs=1",
            "--out=" + model);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static Result evaluate(String protocol, Object... more) {
    List<String> args = new ArrayList<>(List.of("evaluate", protocol));
    Arrays.stream(more).map(Object::toString).forEach(args::add);
    return CommandLineRunner.run(args.toArray(String[]::new));
  }

  private static Result measure(String protocol, Object... more) {
    List<Object> args = new ArrayList<>(List.of(model));
    args.addAll(SHORT);
    args.addAll(List.of(more));
    return evaluate(protocol, args.toArray());
  }

  private static JsonNode json(Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    return JsonMapper.shared().readTree(result.out());
  }

  @Test
  void fineTuningLeavesACompleteFolderAndSaysWhatItDid() throws IOException {
    Path run = folder.resolve("run");
    Result result = measure("finetune", "--out", run, "--log-every", 1, "--json");
    JsonNode tree = json(result);
    try (var files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              ".lock",
              "checkpoint.safetensors",
              "best.safetensors",
              "config.yaml",
              "metrics.jsonl",
              "scores.jsonl",
              "confusion.png",
              "loss.png",
              "results.json");
    }
    assertThat(tree.path("evaluation").asString()).isEqualTo("finetune");
    assertThat(tree.path("pretrained").asString()).isEqualTo(model.toString());
    assertThat(tree.path("train_images").asInt()).isEqualTo(16);
    assertThat(tree.path("test_images").asInt()).isEqualTo(8);
    assertThat(tree.path("steps").asInt()).isEqualTo(8);
    assertThat(tree.path("top1").asDouble()).isBetween(0.0, 100.0);
    assertThat(tree.path("top5").asDouble()).isEqualTo(100);
    assertThat(tree.path("best").path("top1").asDouble())
        .isGreaterThanOrEqualTo(tree.path("top1").asDouble());
    assertThat(tree.path("confusion")).hasSize(2);
    assertThat(tree.path("config").path("layer-decay").asString()).isEqualTo("0.65");
    assertThat(tree.path("config").path("warmup-epochs").asString()).isEqualTo("0.2");
    assertThat(JsonMapper.shared().readTree(Files.readString(run.resolve("results.json"))))
        .isEqualTo(tree);
    assertThat(Files.readAllLines(run.resolve("scores.jsonl"))).hasSize(2);
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(8);
    assertThat(result.err()).contains("epoch 2/2").contains("top-1").contains("step 8/8");
    assertThat(ImageIO.read(run.resolve("confusion.png").toFile())).isNotNull();
  }

  @Test
  void aStoppedFineTuningGoesOnToTheSameBits() throws IOException {
    Path whole = folder.resolve("whole");
    Path halves = folder.resolve("halves");
    json(measure("finetune", "--out", whole, "--json"));
    json(measure("finetune", "--out", halves, "--steps", 3, "--json"));
    Result result = evaluate("finetune", "--resume", halves, "--steps", 8, "--json");
    json(result);
    assertThat(result.err()).contains("goes on after step 3");
    assertThat(CheckpointFile.read(halves.resolve("checkpoint.safetensors")).model())
        .usingRecursiveComparison()
        .isEqualTo(CheckpointFile.read(whole.resolve("checkpoint.safetensors")).model());
    assertThat(evaluate("linear", "--resume", halves).err())
        .contains("is a run of 'finetune', not of 'linear'");
    assertThat(evaluate("finetune", "--resume", model).exitCode()).isEqualTo(2);
  }

  @Test
  void fromScratchIsTheSameNetworkWithoutTheWeights() {
    JsonNode learnt =
        json(measure("finetune", "--out", folder.resolve("a"), "--steps", 1, "--json"));
    JsonNode scratch =
        json(
            measure(
                "finetune",
                "--out",
                folder.resolve("b"),
                "--steps",
                1,
                "--from-scratch",
                "--json"));
    assertThat(scratch.path("pretrained").asString()).isEqualTo("from scratch");
    assertThat(scratch.path("trained_parameters")).isEqualTo(learnt.path("trained_parameters"));
    assertThat(scratch.path("loss").asDouble()).isNotEqualTo(learnt.path("loss").asDouble());
  }

  @Test
  void partialFineTuningLeavesTheFrozenWeightsAsTheyAreAndShowsIt() {
    long before = Long.MAX_VALUE;
    for (String blocks : List.of("0", "0.5", "1", "2")) {
      Path run = folder.resolve("run" + blocks);
      Result result = measure("partial", "--blocks", blocks, "--out", run, "--steps", 2, "--json");
      JsonNode frozen = json(result).path("frozen");
      assertThat(frozen.path("sha256_after").asString())
          .hasSize(64)
          .isEqualTo(frozen.path("sha256_before").asString());
      assertThat(frozen.path("parameters").asLong()).isPositive().isLessThan(before);
      before = frozen.path("parameters").asLong();
    }
    Result text = measure("partial", "--blocks", 1, "--steps", 2, "--out", folder.resolve("t"));
    assertThat(text.out()).contains("before = ").contains("partial, last 1.0 blocks");
    assertThat(measure("partial", "--blocks", 3, "--out", folder.resolve("u")).err())
        .contains("the encoder has 2");
  }

  @Test
  void aLinearProbeIsOfficialUnlessItIsCachedAndSaysWhich() throws IOException {
    Path run = folder.resolve("run");
    JsonNode official = json(measure("linear", "--out", run, "--json"));
    assertThat(official.path("protocol").asString()).contains("official").contains("LARS");
    assertThat(official.path("config").path("pool").asString()).isEqualTo("cls");
    assertThat(official.path("frozen").path("sha256_after"))
        .isEqualTo(official.path("frozen").path("sha256_before"));
    assertThat(
            CheckpointFile.read(run.resolve("checkpoint.safetensors"))
                .model()
                .get("head.0.running_mean")
                .toFloats())
        .doesNotContain(0);

    JsonNode cached = json(evaluate("linear", model, "--cached", "--json"));
    assertThat(cached.path("results").path(0).path("evaluations").path("linear").toString())
        .contains("features computed once");
    assertThat(cached.path("config").path("pool").asString()).isEqualTo("mean");
    assertThat(evaluate("linear", model, "--cached", "--epochs", 3).err())
        .contains("--epochs belongs to the official recipe");
  }

  /** Saved after each step, the weights of the first are refused; saved never, the second loss. */
  @ParameterizedTest
  @CsvSource({"1, after step 1 the weights are no longer numbers", "100, the loss of step 2 is"})
  void whatIsNoNumberStopsAtOnceAndTheLastGoodCheckpointIsKept(int saveEvery, String reason) {
    Path run = folder.resolve("run");
    Result result =
        measure(
            "finetune",
            "--out",
            run,
            "--lr=1e300",
            "--warmup-epochs=0",
            "--save-every=" + saveEvery);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains(reason)
        .contains("The last good checkpoint is kept: " + run.resolve("checkpoint.safetensors"))
        .contains("lower learning rate");
    Path kept = run.resolve("checkpoint.safetensors");
    FiniteValues.require(kept, CheckpointFile.read(kept).model());
    assertThat(run.resolve("results.json")).doesNotExist();
  }

  /** One step an epoch: the first epoch ends, and is scored, before there is a second loss. */
  @Test
  void theBestCheckpointIsNeverOneThatHoldsNoNumbers() {
    Path run = folder.resolve("run");
    Result result =
        measure(
            "finetune",
            "--out",
            run,
            "--lr=1e300",
            "--warmup-epochs=0",
            "--batch-size=16",
            "--save-every=100");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("after step 1").doesNotContain("best so far");
    assertThat(run.resolve("best.safetensors")).doesNotExist();
  }

  @Test
  void fewLabelsAreChosenClassByClass() {
    JsonNode tree =
        json(
            measure(
                "finetune",
                "--label-fraction=0.5",
                "--steps=1",
                "--out",
                folder.resolve("half"),
                "--json"));
    assertThat(tree.path("train_images").asInt()).isEqualTo(8);
    JsonNode knn = json(evaluate("knn", model, "--label-fraction=0.25", "--k=3", "--json"));
    assertThat(knn.path("train_images").asInt()).isEqualTo(4);
    assertThat(knn.toString()).contains("\"k\":\"3\"");
    JsonNode linear =
        json(evaluate("linear", model, "--cached", "--label-fraction=0.25", "--json"));
    assertThat(linear.path("train_images").asInt()).isEqualTo(4);
    Result none = measure("linear", "--label-fraction=0.01", "--out", folder.resolve("none"));
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("class 'across' with 8 images").contains("0.01");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void otherClassesInTheTestAreNamed() throws IOException {
    Path other = folder.resolve("other");
    Stripes.draw(other, "train", 4, SIDE, "across", "down");
    Stripes.draw(other, "val", 4, SIDE, "across", "sideways");
    for (String protocol : List.of("finetune", "partial", "linear", "knn")) {
      Result result = evaluate(protocol, model, "--data", other);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err())
          .contains("only in training: down")
          .contains("only in test: sideways");
    }
  }

  @Test
  void anotherImageSizeIsInterpolatedAndSaid() {
    Result result =
        measure("finetune", "--input-size=24", "--steps=1", "--out", folder.resolve("run"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("16×16").contains("interpolated for 24×24");
    assertThat(evaluate("knn", model, "--input-size=24").err()).contains("interpolated for 24×24");
  }

  @Test
  void theFeaturesOfAFineTunedModelAreThoseOfItsHead() {
    Path run = folder.resolve("run");
    json(measure("finetune", "--out", run, "--steps", 1, "--json"));
    JsonNode tuned = json(evaluate("knn", run, "--k=3", "--json")).path("results").path(0);
    assertThat(tuned.path("detail").asString()).isEqualTo("mean of patch tokens");
    assertThat(tuned.path("evaluations").path("knn").path("accuracy").asDouble())
        .isBetween(0.0, 100.0);
    assertThat(evaluate("knn", run, "--k=3", "--pool=cls").err()).contains("give --pool mean");
  }

  @Test
  void whatDoesNotExistIsNamedWithWhatDoes() {
    assertThat(evaluate("finetun", model).err())
        .contains("No evaluation 'finetun'. Available: finetune, knn, linear, partial.")
        .contains("Did you mean 'finetune'?");
    assertThat(evaluate("finetune").err()).contains("say which model");
    assertThat(measure("finetune", "--aa=random").err()).contains("rand-m9-mstd0.5-inc1");
    assertThat(evaluate("knn", model, "--k=0").err()).contains("k must be a whole number");
    assertThat(evaluate("finetune", "--print-recipe").out()).contains("layer-decay: 0.65");
  }
}
