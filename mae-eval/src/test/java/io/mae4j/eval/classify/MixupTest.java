package io.mae4j.eval.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.graph.Array;
import io.mae4j.api.random.Draws;
import io.mae4j.core.checkpoint.SafetensorsReader;
import io.mae4j.testkit.model.Figures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixupTest {
  private static final int BATCH = 4;
  private static final int CLASSES = 7;
  private static final int HEIGHT = 12;
  private static final int WIDTH = 16;

  @TempDir static Path folder;
  private static Map<String, Array> golden;

  @BeforeAll
  static void read() throws IOException {
    Path copy = folder.resolve("mixup.safetensors");
    try (InputStream in =
        Objects.requireNonNull(MixupTest.class.getResourceAsStream("mixup.safetensors"))) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    golden = SafetensorsReader.read(copy).tensors();
  }

  private static double[] values(String name) {
    return Objects.requireNonNull(golden.get(name), name).toDoubles();
  }

  private static void assertMixes(Mix mix, String name) {
    float[] images = Objects.requireNonNull(golden.get("x")).toFloats().clone();
    int[] labels = Arrays.stream(values("y")).mapToInt(label -> (int) label).toArray();

    mix.apply(images, BATCH, HEIGHT, WIDTH);

    double[] expected = values(name + ".x");
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(images[i] - expected[i]);
      Figures.keep("mixup and CutMix: images", difference);
      // Single precision: two products and a sum of values up to 4.
      assertThat(difference).as("%s, value %d", name, i).isLessThanOrEqualTo(1e-6);
    }
    assertTargets(new Mixup(1, 1, 0.1), labels, mix, name + ".target_smooth");
    assertTargets(new Mixup(1, 1, 0), labels, mix, name + ".target_nosmooth");
  }

  private static void assertTargets(Mixup mixup, int[] labels, Mix mix, String name) {
    double[] targets = mixup.targets(labels, mix.share(), CLASSES).toDoubles();
    double[] expected = values(name);
    assertThat(targets).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(targets[i] - expected[i]);
      Figures.keep("mixup and CutMix: targets", difference);
      // The official targets are computed in single precision.
      assertThat(difference).as("%s, value %d", name, i).isLessThanOrEqualTo(1e-7);
    }
  }

  @Test
  @Tag("official")
  void blendsAsOfficially() {
    assertMixes(new Mix.Blend(0.3), "mixup_a");
    assertMixes(new Mix.Blend(0.85), "mixup_b");
  }

  @Test
  @Tag("official")
  void pastesAsOfficially() {
    assertMixes(Mix.Paste.around(6, 8, 0.8, HEIGHT, WIDTH), "cutmix_inside");
    assertMixes(Mix.Paste.around(1, 14, 0.35, HEIGHT, WIDTH), "cutmix_clipped");
    assertMixes(Mix.Paste.around(5, 5, 0.999, HEIGHT, WIDTH), "cutmix_empty");
  }

  @Test
  void theMiddleImageOfAnOddBatchIsMixedWithItself() {
    float[] images = {1, 2, 3};
    new Mix.Blend(0.25).apply(images, 3, 1, 1);
    assertThat(images).containsExactly(2.5f, 2, 1.5f);
  }

  @Test
  void bothKindsAreDrawnAndTheirSharesFollowTheirDistributions() {
    Draws random = new Draws(3);
    double blends = 0;
    double squares = 0;
    int count = 0;
    int draws = 4000;
    for (int i = 0; i < draws; i++) {
      if (new Mixup(0.8, 1, 0).draw(HEIGHT, WIDTH, random) instanceof Mix.Blend blend) {
        count++;
        blends += blend.share();
        squares += Math.pow(blend.share() - 0.5, 2);
      }
    }
    assertThat((double) count / draws).isCloseTo(0.5, within(0.04));
    assertThat(blends / count).isCloseTo(0.5, within(0.03));
    // The variance of Beta(a, a) is 1 / (4 · (2a + 1)).
    assertThat(squares / count).isCloseTo(1 / (4 * 2.6), within(0.01));
  }

  @Test
  void theFirstDrawsAreThoseOfEveryRelease() {
    Draws random = new Draws(3);
    Mixup official = Mixup.official();

    assertThat(official.draw(HEIGHT, WIDTH, random))
        .isEqualTo(new Mix.Paste(5, 12, 0, 14, 1 - 98.0 / 192));
    assertThat(official.draw(HEIGHT, WIDTH, random)).isEqualTo(new Mix.Blend(0x1.06143a7d40dadp-2));
    assertThat(official.draw(HEIGHT, WIDTH, random))
        .isEqualTo(new Mix.Paste(6, 12, 0, 8, 1 - 48.0 / 192));
  }

  @Test
  void withoutMixingImagesStayAndLabelsAreSmoothed() {
    Mixup smoothing = new Mixup(0, 0, 0.2);
    Mix mix = smoothing.draw(1, 1, new Draws(0));
    float[] images = {1, 2};
    mix.apply(images, 2, 1, 1);
    assertThat(images).containsExactly(1, 2);
    assertThat(smoothing.targets(new int[] {0, 1}, mix.share(), 2).toDoubles())
        .containsExactly(new double[] {0.9, 0.1, 0.1, 0.9}, within(1e-12));
  }
}
