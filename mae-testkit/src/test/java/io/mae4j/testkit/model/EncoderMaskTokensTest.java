package io.mae4j.testkit.model;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.api.random.Randomness;
import io.mae4j.core.masking.RandomMasking;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.PatchCutter;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.testkit.GradientCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncoderMaskTokensTest {
  private static final ImageSpec IMAGE = new ImageSpec(4, 6, 1, 2);

  @Test
  void gradientsOfTheVariantAreItsFiniteDifferences() {
    MaskedAutoencoder model =
        new MaskedAutoencoder(
            new VitEncoder(IMAGE, new VitConfig(8, 1, 2, 2)),
            new MaeDecoder(IMAGE, 8, new VitConfig(4, 1, 1, 2)),
            true,
            true);
    Randomness randomness = new Randomness(3);
    Map<String, Array> values = new HashMap<>(model.initialize(randomness));
    // Tokens as small as the first ones bend so much under layer norm that differences are inexact.
    for (String token : List.of("cls_token", Decoder.MASK_TOKEN)) {
      values.put(token, Array.of(Shape.of(1, 1, 8), waves(8)));
    }
    float[] pixels = waves(2 * 24);
    values.putAll(
        new PatchCutter(IMAGE)
            .cut(
                new io.mae4j.api.data.Batch(4, 6, 1, 0, pixels, new int[2], new int[2]),
                List.of(
                    new RandomMasking().draw(IMAGE.grid(), 0.5, randomness.draws("m", 0, 0)),
                    new RandomMasking().draw(IMAGE.grid(), 0.5, randomness.draws("m", 0, 1)))));
    GraphBuilder graph = new GraphBuilder("loss");
    Tensor loss = model.loss(graph, model.forward(graph, 2, 3).pred());

    GradientCheck.check(
        graph,
        loss,
        values,
        Set.of(Decoder.MASK_TOKEN, "cls_token", "patch_embed.proj.weight", "decoder_embed.weight"),
        1e-7);
  }

  private static float[] waves(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.sin(1.3 * i + count);
    }
    return values;
  }
}
