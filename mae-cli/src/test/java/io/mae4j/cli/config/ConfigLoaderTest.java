package io.mae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  @Test
  void startsFromTheOfficialRecipe() {
    RunConfig config = new ConfigLoader().load();
    assertThat(config.recipe().epochs()).isEqualTo(400);
    assertThat(config.recipe().warmup()).isEqualTo(40);
    assertThat(config.recipe().peakLearningRate()).isEqualTo(1e-3 * 64 / 256);
    assertThat(config.masking()).isEqualTo(new MaskingConfig("random", 0.75));
  }

  @Test
  void laterLayersWin() {
    RunConfig config =
        new ConfigLoader()
            .yaml("a.yaml", "epochs: 1\nbatch-size: 10\nseed: 5\nmask-ratio: 0.5\n")
            .assignments(List.of("epochs=2", "batch-size=20"))
            .option(ConfigKeys.EPOCHS, "3")
            .load();
    assertThat(config.recipe().epochs()).isEqualTo(3);
    assertThat(config.recipe().batchSize()).isEqualTo(20);
    assertThat(config.recipe().seed()).isEqualTo(5);
    assertThat(config.masking().ratio()).isEqualTo(0.5);
  }

  @Test
  void anEmptyValueTakesAnOptionalSettingBack() {
    ConfigLoader loader =
        new ConfigLoader().yaml("a.yaml", "limit: 10\nsteps: 7\n").assignments(List.of("limit="));
    assertThat(loader.load().data().limit()).isEmpty();
    assertThat(new ConfigLoader().yaml("a.yaml", "steps:\n").load().recipe().steps()).isEmpty();
  }

  @Test
  void reportsEverythingAtOnceWithItsPlace() {
    ConfigLoader loader =
        new ConfigLoader()
            .yaml(
                "train.yaml",
                "# recipe\nepochs: many\nmask-ration: 0.6\nmask-ratio: 1.5\n\nmodel: tyny\n")
            .assignments(List.of("batch-size=0", "nonsense"))
            .option(ConfigKeys.BETA1, "2");
    assertThatThrownBy(loader::load)
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USER))
        .hasMessage(
            String.join(
                "\n  ",
                "7 problems in the configuration:",
                "train.yaml:2: epochs: 'many' is not a whole number",
                "train.yaml:3: unknown key 'mask-ration'. Did you mean 'mask-ratio'?",
                "train.yaml:6: model: 'tyny' is none of tiny, small, base, large, huge",
                "--set nonsense: expected key=value",
                "train.yaml:4: mask-ratio must be above 0 and below 1, got 1.5",
                "--set batch-size must be at least 1, got 0",
                "--beta1 must be at least 0 and below 1, got 2.0"));
  }

  @Test
  void checksKeysAgainstEachOther() {
    assertThatThrownBy(
            () -> new ConfigLoader().yaml("a.yaml", "epochs: 5\nwarmup-epochs: 6\n").load())
        .hasMessage("a.yaml:2: warmup-epochs must be between 0 and epochs (5), got 6.0");
    assertThatThrownBy(
            () ->
                new ConfigLoader().yaml("a.yaml", "encoder-width: 100\nencoder-heads: 3\n").load())
        .hasMessageStartingWith("a.yaml:1: encoder-width does not fit: ")
        .hasMessageContaining("not divisible by heads 3");
    assertThatThrownBy(
            () -> new ConfigLoader().yaml("a.yaml", "input-size: 30x32\npatch-size: 4\n").load())
        .hasMessage("a.yaml:2: patch-size must divide input-size 30x32, got 4");
  }

  @Test
  void refusesWhatIsNoFlatMapping() {
    assertThatThrownBy(() -> new ConfigLoader().yaml("a.yaml", "model:\n  size: tiny\n").load())
        .hasMessage("a.yaml:1: model must be a single value; keys are not nested");
    assertThatThrownBy(() -> new ConfigLoader().yaml("a.yaml", "- epochs\n").load())
        .hasMessage("a.yaml: expected lines of the form 'key: value'");
    assertThatThrownBy(() -> new ConfigLoader().yaml("a.yaml", "seed: 1\nseed: 2\n").load())
        .hasMessage("a.yaml:2: seed is given twice");
    assertThatThrownBy(() -> new ConfigLoader().yaml("a.yaml", "seed: [1\n").load())
        .hasMessageStartingWith("a.yaml:");
    assertThat(new ConfigLoader().yaml("a.yaml", "").load()).isEqualTo(new ConfigLoader().load());
  }

  @Test
  void saysWhyAFileCannotBeRead(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> new ConfigLoader().file(missing).load())
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> new ConfigLoader().file(folder).load())
        .hasMessageContaining("it is a folder");
    Path binary =
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> new ConfigLoader().file(binary).load())
        .hasMessage(binary + ": not a text file in UTF-8");
  }

  @Test
  void whatIsWrittenLoadsAgain() {
    RunConfig config =
        new ConfigLoader()
            .assignments(
                List.of(
                    "data=it's here: 100%",
                    "lr=0.00015",
                    "limit=3",
                    "pixel-mean=0.5,0.25,1e-3",
                    "pixel-std=1,1,2",
                    "norm-pix-loss=true"))
            .load()
            .resolved(new ImageSpec(96, 128, 3, 16), "djl");
    assertThat(new ConfigLoader().yaml("config.yaml", ConfigYaml.write(config)).load())
        .isEqualTo(config);
  }

  @Test
  void aResolvedConfigurationSpellsOutTheModel() {
    ModelConfig model =
        new ConfigLoader().load().resolved(new ImageSpec(28, 28, 1, 4), "djl").model();
    assertThat(model.encoderWidth()).isEqualTo(Optional.of(192));
    assertThat(model.decoderDepth()).isEqualTo(Optional.of(4));
    assertThat(model.inputSize()).isEqualTo(Optional.of(new ImageSize(28, 28)));
    assertThat(model.patchSize()).isEqualTo(Optional.of(4));
  }

  @Test
  void aCheckpointKeepsWhatDecidesTheResultOnly() {
    Map<String, Object> tree =
        ConfigYaml.tree(
            new ConfigLoader()
                .assignments(List.of("out=here", "num-workers=7", "save-every=3", "seed=9"))
                .load());
    assertThat(tree)
        .containsEntry("seed", "9")
        .doesNotContainKeys("out", "num-workers", "save-every", "log-every");
    assertThat(new ConfigLoader().tree("checkpoint", tree).load().recipe().seed()).isEqualTo(9);
  }

  @Test
  void aKeyOfAnotherVersionInACheckpointIsPassedOver() {
    assertThat(
            new ConfigLoader()
                .tree("checkpoint", Map.of("from-the-future", "1", "seed", 3))
                .load()
                .recipe()
                .seed())
        .isEqualTo(3);
  }
}
