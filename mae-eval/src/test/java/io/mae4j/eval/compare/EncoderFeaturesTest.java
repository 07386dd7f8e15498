package io.mae4j.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.eval.Features;
import io.mae4j.api.graph.Array;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.api.random.Randomness;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EncoderFeaturesTest {
  private static final VitEncoder ENCODER =
      new VitEncoder(new ImageSpec(4, 6, 1, 2), new VitConfig(8, 1, 2, 2));

  @Test
  void givesEachImageItsVectorWhateverTheBatch() {
    SplittableRandom random = new SplittableRandom(1);
    float[] images = new float[5 * 24];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble(-1, 1);
    }
    try (Backend backend = new ReferenceBackendProvider().open(BackendOptions.cpu());
        EncoderFeatures cls = features(backend, Pool.CLS, 2);
        EncoderFeatures mean = features(backend, Pool.MEAN, 2);
        EncoderFeatures meanAtOnce = features(backend, Pool.MEAN, 5)) {
      List<Features> byTwo =
          FeatureTable.encode(
              new ListedImages(4, 6, 1, images, new int[5], 2), List.of(cls, mean), done -> {});
      List<Features> atOnce =
          FeatureTable.encode(
              new ListedImages(4, 6, 1, images, new int[5], 5), List.of(meanAtOnce), done -> {});
      assertThat(byTwo.get(1).values()).isEqualTo(atOnce.get(0).values()).hasSize(5 * 8);
      assertThat(byTwo.get(0).values()).hasSize(5 * 8).isNotEqualTo(byTwo.get(1).values());
      assertThat(cls.detail()).isEqualTo("class token");
      assertThat(mean.detail()).isEqualTo("mean of patch tokens");
    }
  }

  private static EncoderFeatures features(Backend backend, Pool pool, int batch) {
    Map<String, Array> values = new LinkedHashMap<>();
    for (ParameterSpec spec : ENCODER.parameters()) {
      float[] value = new float[(int) spec.shape().size()];
      spec.initializer().fill(value, new Randomness(0).generator("init:" + spec.name(), 0, 0));
      values.put(spec.name(), Array.of(spec.shape(), value));
    }
    return new EncoderFeatures(
        "encoder", backend, CompileOptions.fp32(), ENCODER, values, pool, batch);
  }
}
