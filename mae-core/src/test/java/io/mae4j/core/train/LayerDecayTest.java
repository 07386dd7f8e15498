package io.mae4j.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.core.OfficialFigures;
import io.mae4j.core.model.ClassifierHead;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.Tuning;
import io.mae4j.core.model.VitClassifier;
import io.mae4j.core.model.VitEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LayerDecayTest {

  @Test
  @Tag("official")
  void everyParameterIsInItsOfficialGroup() throws IOException {
    JsonNode models;
    try (InputStream in =
        Objects.requireNonNull(LayerDecayTest.class.getResourceAsStream("layer_decay.json"))) {
      models = JsonMapper.shared().readTree(in);
    }
    assertThat(models.size()).isEqualTo(2);
    for (JsonNode model : models) {
      int depth = model.path("depth").asInt();
      LayerDecay groups =
          new LayerDecay(
              model.path("layer_decay").asDouble(), depth, model.path("weight_decay").asDouble());
      List<ParameterSpec> parameters =
          classifier(depth, model.path("global_pool").asBoolean() ? Pool.MEAN : Pool.CLS)
              .parameters();
      assertThat(parameters).hasSize(model.path("params").size());
      for (ParameterSpec parameter : parameters) {
        JsonNode expected = model.path("params").path(parameter.name());
        double difference =
            Math.abs(groups.lrScale(parameter) - expected.path("lr_scale").asDouble());
        OfficialFigures.keep("layer-wise decay groups", difference);
        assertThat(difference).as(parameter.name()).isLessThanOrEqualTo(1e-12);
        assertThat(groups.weightDecay(parameter))
            .as(parameter.name())
            .isEqualTo(expected.path("weight_decay").asDouble());
      }
    }
  }

  private static VitClassifier classifier(int depth, Pool pool) {
    return new VitClassifier(
        new VitEncoder(new ImageSpec(16, 16, 3, 4), new VitConfig(16, depth, 2, 4)),
        pool,
        ClassifierHead.fineTuning(16, 10),
        Tuning.ALL,
        new DropPath(0.1, depth));
  }

  @Test
  void aDecayAboveOneIsRefused() {
    assertThatThrownBy(() -> new LayerDecay(1.5, 12, 0.05))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("layer-decay")
        .hasMessageContaining("1.5");
  }

  @Test
  void parametersOfTheSameLayerShareTheirLearningRate() {
    LayerDecay groups = new LayerDecay(0.5, 2, 0.05);
    ParameterSpec first =
        new ParameterSpec("blocks.1.norm1.weight", Shape.of(4), (v, r) -> {}, true);
    ParameterSpec head = new ParameterSpec("head.weight", Shape.of(3, 4), (v, r) -> {}, true);
    assertThat(groups.lrScale(first)).isEqualTo(0.5);
    assertThat(groups.lrScale(head)).isEqualTo(1);
  }
}
