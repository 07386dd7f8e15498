package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.command.CommandLineRunner.Result;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What becomes of files that are not used, and of damaged ones. There are 101 training and 5 test
 * images; the last one of each is damaged and alone in its batch.
 */
class UnusedImagesTest {
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
          "--epochs=1");

  @TempDir Path folder;
  private Path data;
  private Path run;

  @BeforeEach
  void draw() throws IOException {
    data = folder.resolve("data");
    run = folder.resolve("run");
    pictures("train/a", 51);
    pictures("train/b", 50);
    pictures("val/a", 2);
    pictures("val/b", 3);
    damage("train/b/149.png");
    damage("val/b/102.png");
  }

  private void pictures(String place, int count) throws IOException {
    Path target = Files.createDirectories(data.resolve(place));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 64; pixel++) {
        image.setRGB(pixel % 8, pixel / 8, (pixel * 37 + i * 11 + place.hashCode()) & 0xffffff);
      }
      ImageIO.write(image, "png", target.resolve(100 + i + ".png").toFile());
    }
  }

  private void damage(String file) throws IOException {
    Path path = data.resolve(file);
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length - 9));
  }

  private Result mae(Object... arguments) {
    return CommandLineRunner.run(
        Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
  }

  private Result pretrain(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("pretrain", "--data", data, "--out", run));
    arguments.addAll(SMALL_MODEL);
    arguments.addAll(List.of(more));
    Result result = mae(arguments.toArray());
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  @Test
  void whatIsNotUsedIsSaidBeforeTheTrainingAndKeptInTheCheckpoint() throws IOException {
    Files.createFile(data.resolve("train/a/x.heic"));
    Files.createFile(data.resolve("train/y.heic"));
    Files.createFile(data.resolve("train/.hidden"));
    Files.copy(data.resolve("train/a/100.png"), data.resolve("train/loose.png"));

    Result result = pretrain("--limit", "90", "--steps", "2");

    String leftOut =
        "2 .heic files, 1 hidden, 1 pictures beside the class folders, 5 pictures of other splits,"
            + " 11 images beyond the limit of 90";
    assertThat(result.err())
        .containsSubsequence(
            "Left out  of " + data + " (train) (90 of 101 images): " + leftOut,
            "Left over 2 of 90 images in each epoch",
            "step 1/2");
    assertThat(
            JsonMapper.shared()
                .readTree(mae("info", run, "--json").out())
                .path("provenance")
                .path("left_out")
                .asString())
        .isEqualTo(leftOut);
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("evaluate", "knn", run),
            List.of("features", run, "--out", folder.resolve("features.csv")),
            List.of("bench", "data", "--data", data))) {
      assertThat(mae(command.toArray()).err()).contains("Left out  of " + data + " (train)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "knn",
        "linear --cached",
        "linear --epochs=1",
        "finetune --epochs=1",
        "partial --blocks=1 --epochs=1"
      })
  void anEvaluationGoesOnWithoutABatchThatIsDamaged(String evaluation) {
    pretrain("--steps", "1");
    List<Object> arguments = new ArrayList<>(List.of("evaluate"));
    arguments.addAll(List.of(evaluation.split(" ")));
    arguments.add(2, run);
    Result result = mae(arguments.toArray());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("102.png");
  }

  @Test
  void featuresBelongToTheirNamesThoughABatchIsDamaged() throws IOException {
    pretrain("--steps", "1");
    Path whole = folder.resolve("whole.csv");
    Path rest = folder.resolve("rest.csv");
    assertThat(mae("features", run, "--out", whole).exitCode()).isZero();
    Files.delete(data.resolve("train/b/149.png"));
    assertThat(mae("features", run, "--out", rest).exitCode()).isZero();
    assertThat(Files.readAllLines(whole)).hasSizeGreaterThanOrEqualTo(100);
    assertThat(Files.readString(whole)).isEqualTo(Files.readString(rest)).contains("b/148.png");
  }
}
