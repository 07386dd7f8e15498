package io.mae4j.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.backend.Backend;
import io.mae4j.api.backend.CompileOptions;
import io.mae4j.api.backend.Precision;
import io.mae4j.api.data.Batch;
import io.mae4j.api.graph.Array;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import io.mae4j.api.random.Draws;
import io.mae4j.api.random.Randomness;
import io.mae4j.backend.djl.script.Target;
import io.mae4j.core.infer.ForwardPass;
import io.mae4j.core.masking.RandomMasking;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products of bfloat16 operands against single precision, on the whole model. */
class Bfloat16Test {
  private static final int IMAGES = 4;
  private static final ImageSpec IMAGE = new ImageSpec(32, 32, 3, 4);

  private static MaskedAutoencoder model() {
    return new MaskedAutoencoder(
        new VitEncoder(IMAGE, new VitConfig(96, 6, 3, 4)),
        new MaeDecoder(IMAGE, 96, new VitConfig(64, 2, 4, 4)),
        true);
  }

  private static ForwardPass.Result pass(Backend backend, Precision precision) {
    MaskedAutoencoder model = model();
    Randomness randomness = new Randomness(3);
    Draws random = new Draws(4);
    float[] images = new float[IMAGES * 3 * 32 * 32];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.gaussian();
    }
    Batch batch = new Batch(32, 32, 3, 0, images, new int[IMAGES], new int[IMAGES]);
    List<Mask> masks =
        IntStream.range(0, IMAGES)
            .mapToObj(
                i -> new RandomMasking().draw(IMAGE.grid(), 0.75, randomness.draws("mask", 0, i)))
            .toList();
    try (ForwardPass pass =
        new ForwardPass(
            backend,
            new CompileOptions(precision),
            model,
            model.initialize(randomness),
            IMAGES,
            16,
            true)) {
      return pass.run(batch, masks);
    }
  }

  /** An engine on a processor that multiplies such numbers, or on one that does not. */
  private static Backend backend(boolean bfloat16Products) {
    NativeContext context = new NativeContext(PyTorch.engine(), ai.djl.Device.cpu(), 1);
    return new DjlBackend(
        new DjlBackendProvider().devices().get(0),
        context,
        new Target("cpu", true, true, bfloat16Products));
  }

  /**
   * Products of operands with 8 bits: the loss in three digits, the gradient's direction in four.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientsStayNearThoseOfSinglePrecision(boolean bfloat16Products) {
    try (Backend backend = backend(bfloat16Products)) {
      ForwardPass.Result single = pass(backend, Precision.FP32);
      ForwardPass.Result rounded = pass(backend, Precision.BF16);
      double loss = single.loss().orElseThrow().item();
      assertThat(Math.abs(rounded.loss().orElseThrow().item() - loss) / loss)
          .isPositive()
          .isLessThan(1e-3);
      Difference difference = Difference.of(single.gradients(), rounded.gradients());
      assertThat(difference.relative()).isPositive().isLessThan(0.015);
      assertThat(difference.cosine()).isGreaterThan(0.9999);
    }
  }

  /** Sums of products in another order, of which few round to the other neighbour of bfloat16. */
  @Test
  void roundedSinglePrecisionIsNearerToBfloat16ThanToSinglePrecision() {
    try (Backend fast = backend(true);
        Backend slow = backend(false)) {
      Map<String, Array> single = pass(slow, Precision.FP32).gradients();
      Map<String, Array> narrow = pass(fast, Precision.BF16).gradients();
      Map<String, Array> emulated = pass(slow, Precision.BF16).gradients();
      assertThat(Difference.of(narrow, emulated).relative())
          .isLessThan(Difference.of(narrow, single).relative() / 2);
    }
  }

  private record Difference(double relative, double cosine) {
    static Difference of(Map<String, Array> some, Map<String, Array> others) {
      double product = 0;
      double squares = 0;
      double otherSquares = 0;
      double differences = 0;
      for (Map.Entry<String, Array> entry : some.entrySet()) {
        double[] a = entry.getValue().toDoubles();
        double[] b = Objects.requireNonNull(others.get(entry.getKey())).toDoubles();
        for (int i = 0; i < a.length; i++) {
          product += a[i] * b[i];
          squares += a[i] * a[i];
          otherSquares += b[i] * b[i];
          differences += (a[i] - b[i]) * (a[i] - b[i]);
        }
      }
      return new Difference(
          Math.sqrt(differences / squares), product / Math.sqrt(squares * otherSquares));
    }
  }
}
