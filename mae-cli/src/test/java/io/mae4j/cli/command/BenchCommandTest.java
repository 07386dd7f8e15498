package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.cli.command.CommandLineRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Measurements of a model of a few numbers, on the reference engine. */
class BenchCommandTest {
  private static final List<String> SMALL_MODEL =
      List.of(
          "--encoder-width=8",
          "--encoder-depth=2",
          "--encoder-heads=2",
          "--decoder-width=8",
          "--decoder-depth=1",
          "--decoder-heads=2",
          "--batch-size=4",
          "--patch-size=4",
          "--input-size=16");

  @TempDir Path folder;

  private static Result mae(String command, List<String> settings, String... more) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(settings);
    args.addAll(List.of(more));
    return CommandLineRunner.run(args.toArray(String[]::new));
  }

  private static JsonNode oneLine(Result result) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().strip()).doesNotContain("\n");
    return JsonMapper.shared().readTree(result.out());
  }

  @Test
  void trainTellsSpeedBesideTheMatrixProductAndMemory() {
    JsonNode json = oneLine(mae("bench train", SMALL_MODEL, "--steps=5", "--warm-up=1", "--json"));

    assertThat(json.path("engine").asString()).isEqualTo("reference");
    assertThat(json.path("steps").asInt()).isEqualTo(5);
    double median = json.path("ms_per_step_median").asDouble();
    assertThat(median)
        .isBetween(
            json.path("ms_per_step_p10").asDouble(), json.path("ms_per_step_p90").asDouble());
    assertThat(json.path("images_per_s_median").asDouble())
        .isCloseTo(4000 / median, within(4 / median));
    assertThat(json.path("gemm_fraction").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.path("first_step_s").asDouble()).isPositive();
    assertThat(json.path("memory_forecast_mb").asInt()).isNotNegative();
  }

  @Test
  void dataTellsTheRateOfEveryStage() {
    List<String> args =
        List.of("--data=sample", "--limit=40", "--batch-size=8", "--num-workers=1", "--passes=2");
    JsonNode json = oneLine(mae("bench data", args, "--json"));

    assertThat(json.path("images").asInt()).isEqualTo(40);
    for (String stage : List.of("decode", "crop_resize", "decode_crop_resize", "chain")) {
      assertThat(json.path(stage + "_images_per_s").asDouble()).as(stage).isPositive();
    }
    assertThat(json.path("chain_images_per_s_per_core").asDouble())
        .isEqualTo(json.path("chain_images_per_s").asDouble());
    assertThat(mae("bench data", args).out()).contains("chain images per s");
  }

  @Test
  void dataWritesTheRectanglesThatTheFirstEpochTakes() throws IOException {
    Path crops = folder.resolve("crops.tsv");
    Result result = mae("bench data", List.of("--data=sample", "--limit=9"), "--crops=" + crops);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(Files.readAllLines(crops)).hasSize(9);
    for (String line : Files.readAllLines(crops)) {
      String[] fields = line.split("\t", -1);
      int top = Integer.parseInt(fields[1]);
      int left = Integer.parseInt(fields[2]);
      assertThat(top + Integer.parseInt(fields[3])).isBetween(1, 28);
      assertThat(left + Integer.parseInt(fields[4])).isBetween(1, 28);
    }
  }

  @Test
  void opsListsEveryOperatorOfAStepAndTheLargestUses() {
    JsonNode json = oneLine(mae("bench ops", SMALL_MODEL, "--top=3", "--json"));

    assertThat(json.path("kinds").valueStream().map(kind -> kind.path("name").asString()))
        .contains("linear", "matmul", "attention", "attention_grad", "gelu", "layer_norm", "adamw")
        .doesNotContain("input", "state");
    assertThat(json.path("largest")).hasSize(3);
    assertThat(mae("bench ops", SMALL_MODEL, "--top=3").out())
        .contains("Measured op by op")
        .contains("GFLOP/s");
  }

  @Test
  void opsListsWhatIsDoneAgainAndTrainCountsOnlyWhatWasAskedFor() {
    double kept = gflop(oneLine(mae("bench ops", SMALL_MODEL, "--json")));
    List<String> again = new ArrayList<>(SMALL_MODEL);
    again.add("--checkpoint-activations");
    double more = gflop(oneLine(mae("bench ops", again, "--json")));
    double step =
        oneLine(mae("bench train", again, "--steps=1", "--warm-up=0", "--json"))
            .path("gflop_per_step")
            .asDouble();

    assertThat(more).isGreaterThan(kept * 1.03).isLessThan(kept * 1.34);
    assertThat(step).isCloseTo(kept, within(kept * 1e-3));
  }

  private static double gflop(JsonNode costs) {
    return costs
        .path("kinds")
        .valueStream()
        .mapToDouble(kind -> kind.path("gflop").asDouble())
        .sum();
  }

  @Test
  void countsThatMeasureNothingAreRefused() {
    assertThat(mae("bench train", SMALL_MODEL, "--warm-up=-1").err()).contains("--warm-up");
    assertThat(mae("bench data", List.of("--data=sample"), "--passes=0").err())
        .contains("--passes");
    assertThat(mae("bench ops", SMALL_MODEL, "--top=-1").err()).contains("--top");
  }
}
