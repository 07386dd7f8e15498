package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.command.CommandLineRunner.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is in a run's folder at any moment is what a killed process leaves: copies of it, taken
 * while trainings go on, must go on to the same bytes. The long form, which kills processes on the
 * shipped engines, is {@code docs/experiments/interruptions.sh}.
 */
class InterruptedRunsTest {
  @TempDir static Path shared;
  private static Path pictures;
  private static Path model;
  @TempDir Path folder;

  /** A model whose settings are not the defaults, for trainings to inherit. */
  @BeforeAll
  static void pretrain() throws IOException {
    pictures = shared.resolve("pictures");
    Stripes.draw(pictures, "train", 12, 16, "across", "down");
    Stripes.draw(pictures, "val", 4, 16, "across", "down");
    model = shared.resolve("model");
    assertEnds(command("pretrain", "--epochs=1", "--crop=fixed", "--out=" + model));
  }

  private static List<String> command(String name, String... more) {
    List<String> words = new ArrayList<>(List.of(name.split(" ")));
    words.addAll(
        name.startsWith("evaluate")
            ? List.of(model.toString(), "--batch-size=4")
            : List.of(
                "--data=" + pictures,
                "--encoder-width=8",
                "--encoder-depth=1",
                "--encoder-heads=2",
                "--decoder-width=8",
                "--decoder-depth=1",
                "--decoder-heads=2",
                "--patch-size=4",
                "--batch-size=4"));
    words.addAll(List.of(more));
    return words;
  }

  private static void assertEnds(List<String> words) {
    Result result = CommandLineRunner.run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "pretrain, pretrain, --accum-iter=2",
    "evaluate linear, evaluate linear, --eval-every=2",
    "evaluate finetune, evaluate finetune, --seed=4",
    "evaluate partial, evaluate partial, --blocks=0.5",
    "ablate, , '--axis=mask-ratio=0.5,0.75'"
  })
  void aRunGoesOnToTheSameBytesFromWhateverAnInterruptionLeaves(
      String name, String resume, String more) throws IOException {
    Path whole = folder.resolve("whole");
    List<String> words = command(name, more, "--save-every=1");
    words.add(name.equals("ablate") ? "--epochs=2" : "--epochs=5");
    words.add("--out=" + whole);
    assertEnds(words);

    Path running = folder.resolve("running");
    words.set(words.size() - 1, "--out=" + running);
    Path copy = folder.resolve("copy");
    copyInTheMiddle(running, words, copy);
    if (resume == null) {
      words.set(words.size() - 1, "--out=" + copy);
      assertEnds(words);
    } else {
      List<String> goOn = new ArrayList<>(List.of(resume.split(" ")));
      goOn.addAll(List.of("--resume=" + copy, "--num-workers=1", "--save-every=5"));
      assertEnds(goOn);
    }
    assertSame(whole, copy);
  }

  /** Runs a command and copies its folder after some of its checkpoints, after how many varies. */
  private static void copyInTheMiddle(Path running, List<String> words, Path copy)
      throws IOException {
    CompletableFuture<Void> run = CompletableFuture.runAsync(() -> assertEnds(words));
    int wanted = 1 + Math.floorMod(System.nanoTime(), 12);
    Set<FileTime> seen = new HashSet<>();
    while (!run.isDone() && seen.size() < wanted) {
      seen.addAll(timesOfCheckpoints(running));
      Thread.onSpinWait();
    }
    copy(running, copy);
    run.join();
  }

  private static List<FileTime> timesOfCheckpoints(Path running) {
    try (Stream<Path> files = Files.walk(running)) {
      List<FileTime> times = new ArrayList<>();
      for (Path file : files.filter(path -> path.endsWith("checkpoint.safetensors")).toList()) {
        times.add(Files.getLastModifiedTime(file));
      }
      return times;
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // files come and go
    }
  }

  /** The checkpoint first: what is copied later may be ahead of it, as after a kill. */
  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files =
          walk.sorted(Comparator.comparing(file -> !file.endsWith("checkpoint.safetensors")))
              .toList();
    }
    for (Path file : files) {
      if (Files.isRegularFile(file)) {
        copyFile(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** A file that was being written may have its final name meanwhile. */
  private static boolean copyFile(Path file, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try {
      Files.copy(file, target);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void assertSame(Path whole, Path resumed) throws IOException {
    try (Stream<Path> files = Files.walk(whole)) {
      List<Path> decisive =
          files
              .filter(
                  file -> file.toString().endsWith(".safetensors") || file.endsWith("scores.jsonl"))
              .toList();
      assertThat(decisive).isNotEmpty();
      for (Path file : decisive) {
        assertThat(resumed.resolve(whole.relativize(file).toString())).hasSameBinaryContentAs(file);
      }
    }
  }
}
