package io.mae4j.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.BackendOptions;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.eval.Features;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import io.mae4j.core.infer.FeatureExtractor;
import io.mae4j.core.model.Pool;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.testkit.reference.ReferenceBackendProvider;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncoderFeaturesTest {
  private static final VitEncoder ENCODER =
      new VitEncoder(new ImageSpec(4, 6, 1, 2), new VitConfig(8, 1, 2, 2));

  @Test
  void givesEachImageItsVectorWhateverTheBatch() {
    Draws random = new Draws(1);
    float[] images = new float[5 * 24];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.uniform(-1, 1);
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

  @Test
  void anyNumberOfImagesIsEncodedAtOnce() {
    float[] images = new float[5 * 24];
    for (int i = 0; i < images.length; i++) {
      images[i] = i * i % 11 - 5;
    }
    try (Backend backend = new ReferenceBackendProvider().open(BackendOptions.cpu());
        FeatureExtractor two = extractor(backend, values(), 2);
        FeatureExtractor five = extractor(backend, values(), 5)) {
      assertThat(two.extract(images, 5)).isEqualTo(five.extract(images, 5)).hasSize(5 * 8);
      assertThat(two.extract(new float[0], 0)).isEmpty();
      assertThatThrownBy(() -> two.extract(images, 4)).hasMessageContaining("4 images of 24");
    }
  }

  @Test
  void featuresThatAreNoNumbersAreRefused() {
    Map<String, Array> values = values();
    float[] weight = new float[8];
    Arrays.fill(weight, Float.MAX_VALUE);
    values.put("norm.weight", Array.of(Shape.of(8), weight));
    float[] images = new float[24];
    images[0] = 1;
    try (Backend backend = new ReferenceBackendProvider().open(BackendOptions.cpu());
        FeatureExtractor extractor = extractor(backend, values, 1)) {
      assertThatThrownBy(() -> extractor.extract(images, 1))
          .isInstanceOf(MaeException.class)
          .hasMessageContaining("lower learning rate");
    }
  }

  private static FeatureExtractor extractor(Backend backend, Map<String, Array> values, int batch) {
    return new FeatureExtractor(backend, CompileOptions.fp32(), ENCODER, values, Pool.MEAN, batch);
  }

  @Test
  void valuesTunedOnTheMeanGiveWhatWentIntoTheirHead() {
    float[] images = new float[24];
    for (int i = 0; i < images.length; i++) {
      images[i] = i * i % 7 - 3;
    }
    Map<String, Array> values = values();
    values.remove("norm.weight");
    values.remove("norm.bias");
    values.put("fc_norm.weight", Array.of(Shape.of(8), new float[] {2, 2, 2, 2, 2, 2, 2, 2}));
    values.put("fc_norm.bias", Array.of(Shape.of(8), new float[8]));
    try (Backend backend = new ReferenceBackendProvider().open(BackendOptions.cpu())) {
      try (EncoderFeatures tuned = features(backend, values, Pool.MEAN, 1)) {
        float[] vector =
            FeatureTable.encode(
                    new ListedImages(4, 6, 1, images, new int[1], 1), List.of(tuned), done -> {})
                .get(0)
                .values();
        double sum = 0;
        double squares = 0;
        for (float value : vector) {
          sum += value;
          squares += value * value;
        }
        // A norm with weight 2 leaves mean 0 and mean square 4, short of it by eps / variance.
        assertThat(sum).isCloseTo(0, within(1e-5));
        assertThat(squares / 8).isCloseTo(4, within(1e-3));
      }
      assertThatThrownBy(() -> features(backend, values, Pool.CLS, 1))
          .hasMessageContaining("--pool mean");
    }
  }

  private static EncoderFeatures features(Backend backend, Pool pool, int batch) {
    return features(backend, values(), pool, batch);
  }

  private static EncoderFeatures features(
      Backend backend, Map<String, Array> values, Pool pool, int batch) {
    return new EncoderFeatures(
        "encoder", backend, CompileOptions.fp32(), ENCODER, values, pool, batch);
  }

  private static Map<String, Array> values() {
    Map<String, Array> values = new LinkedHashMap<>();
    for (ParameterSpec spec : ENCODER.parameters()) {
      float[] value = new float[(int) spec.shape().size()];
      spec.initializer().fill(value, new Randomness(0).draws("init:" + spec.name(), 0, 0));
      values.put(spec.name(), Array.of(spec.shape(), value));
    }
    return values;
  }
}
