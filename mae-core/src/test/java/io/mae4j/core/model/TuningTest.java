package io.mae4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuningTest {

  private static List<String> trainable(Tuning tuning, Pool pool) {
    VitClassifier classifier =
        new VitClassifier(
            new VitEncoder(new ImageSpec(8, 8, 1, 4), new VitConfig(8, 3, 2, 4)),
            pool,
            ClassifierHead.linearProbe(8, 2),
            tuning,
            new DropPath(0, 3));
    return classifier.parameters().stream()
        .filter(ParameterSpec::trainable)
        .map(ParameterSpec::name)
        .toList();
  }

  @Test
  void theHeadAloneIsItsWeightAndBias() {
    assertThat(trainable(Tuning.HEAD, Pool.CLS)).containsExactly("head.1.weight", "head.1.bias");
  }

  @Test
  void halfABlockIsItsMlpWithTheNormBeforeIt() {
    assertThat(trainable(Tuning.blocks(0.5), Pool.MEAN))
        .containsExactly(
            "blocks.2.norm2.weight",
            "blocks.2.norm2.bias",
            "blocks.2.mlp.fc1.weight",
            "blocks.2.mlp.fc1.bias",
            "blocks.2.mlp.fc2.weight",
            "blocks.2.mlp.fc2.bias",
            "fc_norm.weight",
            "fc_norm.bias",
            "head.1.weight",
            "head.1.bias");
  }

  @Test
  void oneAndAHalfBlocksAreTheLastAndTheMlpBefore() {
    List<String> names = trainable(Tuning.blocks(1.5), Pool.CLS);
    assertThat(names).contains("blocks.2.attn.qkv.weight", "blocks.1.mlp.fc1.weight");
    assertThat(names).doesNotContain("blocks.1.attn.qkv.weight", "blocks.0.mlp.fc1.weight");
  }

  @Test
  void everythingIncludesPositionsAndTheClassToken() {
    assertThat(trainable(Tuning.ALL, Pool.CLS))
        .contains("pos_embed", "cls_token", "patch_embed.proj.weight", "norm.bias");
  }

  @Test
  void moreBlocksThanThereAreAndQuartersAreRefused() {
    assertThatThrownBy(() -> trainable(Tuning.blocks(4), Pool.CLS))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("3");
    assertThatThrownBy(() -> Tuning.blocks(0.25)).isInstanceOf(MaeException.class);
  }
}
