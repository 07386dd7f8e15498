package io.mae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.cli.command.CommandLineRunner.Result;
import io.mae4j.cli.config.ConfigKey;
import io.mae4j.cli.config.ConfigKeys;
import io.mae4j.cli.config.ConfigLoader;
import io.mae4j.cli.config.RunConfig;
import io.mae4j.cli.config.Section;
import io.mae4j.cli.run.Protocol;
import io.mae4j.core.checkpoint.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run records every setting that it reads: none is lost on the way through file, run, resume. */
class RecordedSettingsTest {
  /** What there is only one of here, so that nothing but the default can be taken. */
  private static final List<String> ONE_CHOICE = List.of("encoder", "decoder", "device");

  @TempDir static Path shared;
  private static final Map<String, String> TOLD = new LinkedHashMap<>();
  private static Path model;
  @TempDir Path folder;

  /** A value for every key that is not its default. */
  @BeforeAll
  static void pretrain() throws IOException {
    Path pictures = shared.resolve("pictures");
    Stripes.draw(pictures, "train", 12, 16, "across", "down");
    Stripes.draw(pictures, "val", 4, 16, "across", "down");
    for (String line :
        """
        model small · encoder-width 12 · encoder-depth 3 · encoder-heads 3
        decoder-width 8 · decoder-depth 2 · decoder-heads 2 · mlp-ratio 2 · norm-eps 0.00001
        input-size 16x8 · patch-size 4 · in-chans 3 · norm-pix-loss true · encoder-mask-tokens true
        limit 20 · num-workers 1 · crop fixed · crop-scale 0.5 · flip false
        pixel-mean 0.1,0.2,0.3 · pixel-std 0.4,0.5,0.6 · masking grid · mask-ratio 0.5
        epochs 3 · warmup-epochs 1.5 · batch-size 4 · accum-iter 2 · blr 0.002 · lr 0.003
        min-lr 0.0001 · weight-decay 0.1 · beta1 0.8 · beta2 0.9 · seed 5 · steps 2
        backend reference · threads 1 · precision bf16 · checkpoint-activations true
        log-every 3 · save-every 1 · pool cls · label-fraction 0.9 · blocks 0.5
        layer-decay 0.75 · drop-path 0.2 · mixup 0.4 · cutmix 0.5 · smoothing 0.2 · reprob 0.1
        aa rand-m5-mstd0.5-inc1 · eval-every 2"""
            .split("·|\n", -1)) {
      String[] words = line.strip().split(" ", 2);
      TOLD.put(words[0], words[1]);
    }
    TOLD.put("data", pictures.toString());
    TOLD.put("out", "");
    model = shared.resolve("model");
    Result result =
        CommandLineRunner.run(
            "pretrain", "--config=" + file(ConfigKeys.PRETRAINING), "--out=" + model);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private static Path file(List<ConfigKey<?>> keys) throws IOException {
    List<String> lines = new ArrayList<>();
    for (ConfigKey<?> key : keys) {
      if (!ONE_CHOICE.contains(key.name()) && !key.name().equals("out")) {
        lines.add(key.name() + ": '" + TOLD.get(key.name()) + "'");
      }
    }
    return Files.write(Files.createTempFile(shared, "told", ".yaml"), lines);
  }

  private static Result mae(Object... args) {
    List<String> words = new ArrayList<>();
    for (Object arg : args) {
      words.add(arg.toString());
    }
    Result result = CommandLineRunner.run(words.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }

  /** The settings of a run's file and those of its checkpoint. */
  private static void assertRecorded(Path run, List<ConfigKey<?>> keys, Map<String, String> told) {
    RunConfig config = new ConfigLoader().file(run.resolve("config.yaml")).load();
    Map<String, Object> stored =
        CheckpointFile.read(run.resolve("checkpoint.safetensors")).config();
    for (ConfigKey<?> key : keys) {
      if (ONE_CHOICE.contains(key.name())) {
        continue;
      }
      String expected = key.name().equals("out") ? run.toString() : told.get(key.name());
      assertThat(key.print(config)).as(key.name() + " in config.yaml").isEqualTo(expected);
      if (key.section() != Section.OUTPUT && !key.name().equals("num-workers")) {
        assertThat(stored).as("checkpoint").containsEntry(key.name(), expected);
      }
    }
  }

  @Test
  void everyKeyHasAValueHereThatIsNotItsDefault() {
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      if (!ONE_CHOICE.contains(key.name()) && !key.name().equals("out")) {
        assertThat(TOLD.get(key.name()))
            .as(key.name())
            .isNotBlank()
            .isNotEqualTo(key.printInitial());
      }
    }
  }

  @Test
  void aPreTrainingRecordsAllOfItsSettingsAndGoesOnWithThem() {
    assertRecorded(model, ConfigKeys.PRETRAINING, TOLD);
    Path run = folder.resolve("run");
    mae("pretrain", "--config", model.resolve("config.yaml"), "--out", run);
    mae("pretrain", "--resume", run, "--set", "steps=3");
    Map<String, String> told = new LinkedHashMap<>(TOLD);
    told.put("steps", "3");
    assertRecorded(run, ConfigKeys.PRETRAINING, told);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aTrainingWithLabelsRecordsWhatItWasToldAndWhatItInherits(Protocol protocol)
      throws IOException {
    List<ConfigKey<?>> own = new ArrayList<>(protocol.keys());
    Map<String, Object> stored =
        CheckpointFile.read(model.resolve("checkpoint.safetensors")).config();
    own.removeIf(
        key ->
            protocol.inherited(stored).containsKey(key.name())
                && !protocol.recipeText().contains(key.name() + ":"));
    assertThat(own).hasSizeLessThan(protocol.keys().size() - 8);
    Path run = folder.resolve("run");
    mae("evaluate", protocol.id(), model, "--config", file(own), "--out", run);
    assertRecorded(run, protocol.runKeys(), TOLD);
    mae("evaluate", protocol.id(), "--resume", run, "--set", "steps=3");
    Map<String, String> told = new LinkedHashMap<>(TOLD);
    told.put("steps", "3");
    assertRecorded(run, protocol.runKeys(), told);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void whatATrainingWithLabelsDoesNotRecordChangesNothing(Protocol protocol) throws IOException {
    List<ConfigKey<?>> unrecorded = new ArrayList<>(ConfigKeys.ALL);
    unrecorded.removeAll(protocol.runKeys());
    assertThat(unrecorded).isNotEmpty();
    List<Path> runs = List.of(folder.resolve("a"), folder.resolve("b"));
    List<Object> plain =
        List.of("evaluate", protocol.id(), model, "--steps=2", "--batch-size=4", "--out");
    List<Object> first = new ArrayList<>(plain);
    first.add(runs.get(0));
    mae(first.toArray());
    List<Object> second = new ArrayList<>(plain);
    second.add(runs.get(1));
    second.add("--config=" + file(unrecorded));
    mae(second.toArray());
    assertThat(runs.get(1).resolve("checkpoint.safetensors"))
        .hasSameBinaryContentAs(runs.get(0).resolve("checkpoint.safetensors"));
  }

  /** What is inherited decides the bits, so that a run that goes on must not lose it. */
  @ParameterizedTest
  @EnumSource(Protocol.class)
  void aStoppedTrainingWithInheritedSettingsEndsWithTheSameBits(Protocol protocol) {
    Path whole = folder.resolve("whole");
    Path halves = folder.resolve("halves");
    Object[] command = {"evaluate", protocol.id(), model, "--epochs=2", "--batch-size=4", "--out"};
    mae(with(command, whole));
    mae(with(command, halves, "--steps=3"));
    mae("evaluate", protocol.id(), "--resume", halves, "--set", "steps=");
    assertThat(halves.resolve("checkpoint.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("checkpoint.safetensors"));
    assertThat(halves.resolve("best.safetensors")).exists();
  }

  private static Object[] with(Object[] command, Object... more) {
    List<Object> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(more));
    return all.toArray();
  }
}
