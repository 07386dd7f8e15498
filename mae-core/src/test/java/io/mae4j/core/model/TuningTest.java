package io.mae4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.graph.Differentiator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TuningTest {

  private static VitClassifier classifier(Tuning tuning, Pool pool) {
    return new VitClassifier(
        new VitEncoder(new ImageSpec(8, 8, 1, 4), new VitConfig(8, 3, 2, 4)),
        pool,
        ClassifierHead.linearProbe(8, 2),
        tuning,
        new DropPath(0, 3));
  }

  private static List<String> trainable(Tuning tuning, Pool pool) {
    return classifier(tuning, pool).parameters().stream()
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

  @Test
  void whatIsFrozenIsTheRestOfTheEncoderWithoutTheStatisticsOfTheHead() {
    List<String> frozen = classifier(Tuning.blocks(1), Pool.MEAN).frozen();
    assertThat(frozen)
        .contains("pos_embed", "blocks.1.attn.qkv.weight", "patch_embed.proj.bias")
        .noneMatch(name -> name.startsWith("head.") || name.startsWith("blocks.2."))
        .doesNotContain("fc_norm.weight");
    assertThat(classifier(Tuning.ALL, Pool.MEAN).frozen()).isEmpty();
  }

  /** The weights that a graph makes a gradient of, found by the scopes of its nodes. */
  private static Set<String> differentiated(Tuning tuning) {
    VitClassifier classifier = classifier(tuning, Pool.MEAN);
    GraphBuilder graph = new GraphBuilder("step");
    Tensor loss = graph.mean(graph.square(classifier.logits(graph, 2, true)), false, 0, 1);
    List<Tensor> wanted =
        classifier.parameters().stream()
            .filter(ParameterSpec::trainable)
            .map(spec -> graph.state(spec.name(), spec.shape()))
            .toList();
    Differentiator.gradients(graph, loss, wanted);
    return graph.nodes().stream()
        .map(Node::scope)
        .filter(scope -> scope.endsWith(".grad"))
        .map(scope -> scope.substring(0, scope.length() - ".grad".length()))
        .collect(Collectors.toSet());
  }

  @Test
  void gradientsOfFrozenPartsAreNotEvenComputed() {
    assertThat(differentiated(Tuning.HEAD)).containsExactly("head.1");
    assertThat(differentiated(Tuning.blocks(0.5))).containsOnly("head.1", "fc_norm", "blocks.2");
    assertThat(differentiated(Tuning.blocks(2)))
        .containsOnly("head.1", "fc_norm", "blocks.2", "blocks.1");
    assertThat(differentiated(Tuning.ALL)).contains("blocks.0", "patch_embed");
  }
}
