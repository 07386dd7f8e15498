package io.mae4j.cli.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.house.Distribution.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Starts the packaged distribution on its module path, as a user does. */
class DistributionIT {
  private static final List<String> SMALL_MODEL =
      List.of(
          "--encoder-width=16",
          "--encoder-depth=1",
          "--encoder-heads=2",
          "--decoder-width=16",
          "--decoder-depth=1",
          "--decoder-heads=2",
          "--limit=256",
          "--batch-size=32",
          "--epochs=20");

  @TempDir Path folder;

  private static String[] pretrain(Object... more) {
    List<String> arguments = new ArrayList<>(List.of("pretrain", "--data", "sample"));
    arguments.addAll(SMALL_MODEL);
    for (Object argument : more) {
      arguments.add(argument.toString());
    }
    return arguments.toArray(String[]::new);
  }

  @Test
  void theLauncherFindsEveryEngineAndItsDevices() throws Exception {
    Outcome outcome = Distribution.mae(folder, "info", "--json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode engines = JsonMapper.shared().readTree(outcome.out()).path("engines");
    assertThat(engines).hasSize(2);
    assertThat(engines)
        .allSatisfy(engine -> assertThat(engine.path("devices").size()).isPositive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl", "nd4j"})
  void anEngineAloneOnTheModulePathTrains(String engine) throws Exception {
    Path home = Distribution.HOME;
    Path own = home.resolve("lib/backends").resolve(engine);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx1g", "-Dai.djl.offline=true", "-Dai.djl.pytorch.graph_optimizer=false"));
    command.addAll(List.of("-p", paths(home.resolve("lib/modules"), own.resolve("modules"))));
    command.addAll(List.of("-cp", own.resolve("classpath") + File.separator + "*"));
    command.addAll(List.of("--add-modules", "ALL-DEFAULT", "-m", "io.mae4j.cli"));
    command.addAll(List.of(pretrain("--steps=3", "--out=run", "--json")));
    Outcome outcome = Distribution.finish(Distribution.start(folder, command), folder);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(JsonMapper.shared().readTree(outcome.out()).path("steps").asInt()).isEqualTo(3);
    assertThat(Files.readString(folder.resolve("run/config.yaml"))).contains("backend: " + engine);
  }

  @Test
  void aPluginDroppedIntoThePluginsFolderMasks() throws Exception {
    Path jar =
        Distribution.PROJECT.resolve("docs/examples/fovea-masking/target/fovea-masking-1.0.0.jar");
    Path dropped = Distribution.HOME.resolve("plugins").resolve(jar.getFileName());
    Files.copy(jar, dropped);
    try {
      Outcome outcome =
          Distribution.mae(folder, pretrain("--masking=fovea", "--steps=2", "--out=run"));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(Files.readString(folder.resolve("run/config.yaml"))).contains("masking: fovea");
      assertThat(Distribution.mae(folder, "info").out()).contains(dropped.getFileName().toString());
    } finally {
      Files.delete(dropped);
    }
    Outcome without =
        Distribution.mae(folder, pretrain("--masking=fovea", "--steps=2", "--out=gone"));
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("fovea").contains("block, grid, random");
  }

  @Test
  void anEvaluationOfAPluginMeasuresFrozenFeatures() throws Exception {
    Path jar =
        Distribution.PROJECT.resolve(
            "docs/examples/nearest-centroid/target/nearest-centroid-1.0.0.jar");
    Outcome trained = Distribution.mae(folder, pretrain("--steps=2", "--out=run"));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Outcome outcome =
        Distribution.mae(
            folder,
            "evaluate",
            "nearest-centroid",
            "run",
            "--option=distance=cosine",
            "--json",
            "--plugin-path",
            jar.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode rows = JsonMapper.shared().readTree(outcome.out()).path("results");
    assertThat(rows).hasSize(3);
    // Clothes differ in their pixels alone; guessing would be right in 10 %.
    JsonNode pixels = rows.path(2).path("evaluations").path("nearest-centroid");
    assertThat(pixels.path("accuracy").asDouble()).isGreaterThan(40);
    assertThat(pixels.path("settings").path("distance").asString()).isEqualTo("cosine");
    assertThat(Distribution.mae(folder, "evaluate", "nearest-centroid", "run").err())
        .contains("No evaluation 'nearest-centroid'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl", "nd4j"})
  void everyEngineFineTunesWithALayerDecayAndKeepsFrozenWeights(String engine) throws Exception {
    Outcome trained =
        Distribution.mae(folder, pretrain("--steps=2", "--out=run", "--backend=" + engine));
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    for (List<String> protocol :
        List.of(List.of("finetune"), List.of("partial", "--blocks=0.5"), List.of("linear"))) {
      List<String> arguments = new ArrayList<>(List.of("evaluate"));
      arguments.addAll(protocol);
      arguments.addAll(
          List.of("run", "--steps=3", "--batch-size=16", "--json", "--out=" + protocol.get(0)));
      Outcome outcome = Distribution.mae(folder, arguments.toArray(String[]::new));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      JsonNode tree = JsonMapper.shared().readTree(outcome.out());
      assertThat(tree.path("steps").asInt()).isEqualTo(3);
      assertThat(tree.path("top1").asDouble()).isBetween(0.0, 100.0);
      assertThat(tree.path("frozen").path("sha256_after"))
          .isEqualTo(tree.path("frozen").path("sha256_before"));
    }
  }

  @Test
  void aBrokenPluginIsNamed() throws Exception {
    Path jar = folder.resolve("broken.jar");
    Files.writeString(jar, "no archive");
    Outcome outcome = Distribution.mae(folder, "info", "--plugin-path", jar.toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("broken.jar").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"djl", "nd4j"})
  void aKilledRunGoesOnToTheSameBits(String engine) throws Exception {
    String backend = "--backend=" + engine;
    Outcome whole = Distribution.mae(folder, pretrain(backend, "--save-every=5", "--out=whole"));
    assertThat(whole.exitCode()).as(whole.err()).isZero();

    // Slow enough to be hit in the middle: the kill comes once a checkpoint is there.
    Process process =
        Distribution.start(
            folder, pretrain(backend, "--save-every=5", "--log-every=1", "--out=killed"));
    Path checkpoint = folder.resolve("killed/checkpoint.safetensors");
    while (process.isAlive() && !Files.exists(checkpoint)) {
      Thread.sleep(2);
    }
    process.destroyForcibly().waitFor();
    assertThat(checkpoint).exists();
    assertThat(folder.resolve("killed/report.html")).doesNotExist();

    Outcome resumed = Distribution.mae(folder, "pretrain", "--resume", "killed");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("goes on after step");
    assertThat(checkpoint).hasSameBinaryContentAs(folder.resolve("whole/checkpoint.safetensors"));
  }

  @Test
  void aTrainingFindsTheClassesThatAnotherOneLeft() throws Exception {
    Outcome first = Distribution.mae(folder, pretrain("--steps=1", "--out=first"));
    assertThat(first.exitCode()).as(first.err()).isZero();

    Path log = folder.resolve("classes.txt");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("env", "JAVA_OPTS=-Xmx1g -Xlog:class+load:file=" + log));
    command.add(Distribution.HOME.resolve("bin/mae").toString());
    command.addAll(List.of(pretrain("--steps=1", "--out=second")));
    Outcome second = Distribution.finish(Distribution.start(folder, command), folder);
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out() + second.err()).doesNotContain("[cds]");
    assertThat(Files.readString(log))
        .contains("io.mae4j.cli.Main source: shared objects file (top)");
  }

  private static String paths(Path... paths) throws IOException {
    return List.of(paths).stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
