package io.mae4j.cli.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.BatchStream;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.graph.Array;
import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.random.Randomness;
import io.mae4j.cli.config.ModelSize;
import io.mae4j.core.masking.BlockMasking;
import io.mae4j.core.masking.GridMasking;
import io.mae4j.core.masking.RandomMasking;
import io.mae4j.core.model.DropPath;
import io.mae4j.core.model.MaeDecoder;
import io.mae4j.core.model.MaskedAutoencoder;
import io.mae4j.core.model.VitEncoder;
import io.mae4j.core.schedule.WarmupCosine;
import io.mae4j.data.augment.Augmentation;
import io.mae4j.data.augment.RandAugment;
import io.mae4j.data.augment.RandomErasing;
import io.mae4j.data.batch.PipelineConfig;
import io.mae4j.data.batch.PrefetchingBatchSource;
import io.mae4j.data.image.Crop;
import io.mae4j.data.image.Normalization;
import io.mae4j.data.image.RandomResizedCrop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What a seed decides, as fingerprints. They were taken with JDK 17 and are the same with every
 * other; where one changes, every run with that seed does, and a line in the changelog must say so.
 */
class GoldenSequenceTest {
  private static final Randomness SEED_0 = new Randomness(0);
  private static final int IMAGES = 1000;

  /** Model tiny for images of 32×32 pixels in colour. */
  private static Map<String, Array> firstWeights() {
    ImageSpec image = new ImageSpec(32, 32, 3, 4);
    VitEncoder encoder = new VitEncoder(image, ModelSize.TINY.encoder());
    MaeDecoder decoder = new MaeDecoder(image, encoder.width(), ModelSize.TINY.decoder());
    return new MaskedAutoencoder(encoder, decoder, true).initialize(SEED_0);
  }

  private static String weights(Predicate<String> which) {
    Fingerprint fingerprint = new Fingerprint();
    firstWeights()
        .forEach(
            (name, values) -> {
              if (which.test(name)) {
                fingerprint.add(name).add(values.floats());
              }
            });
    return fingerprint.toString();
  }

  private static boolean isPosition(String name) {
    return name.endsWith("pos_embed");
  }

  private static boolean isToken(String name) {
    return name.endsWith("_token");
  }

  @Test
  void uniformFirstWeights() {
    assertThat(weights(name -> !isPosition(name) && !isToken(name))).isEqualTo("eee88d7953b2916c");
  }

  @Test
  void normalFirstWeights() {
    assertThat(weights(GoldenSequenceTest::isToken)).isEqualTo("219453d1f8d6b666");
  }

  @Test
  void positions() {
    assertThat(weights(GoldenSequenceTest::isPosition)).isEqualTo("3d137e0483ab5c93");
  }

  private static String masks(MaskingStrategy strategy) {
    Fingerprint fingerprint = new Fingerprint();
    for (int image = 0; image < IMAGES; image++) {
      Mask mask = strategy.draw(new PatchGrid(14, 14), 0.75, SEED_0.draws("mask", 1, image));
      fingerprint.add(mask.visible()).add(mask.masked());
    }
    return fingerprint.toString();
  }

  @Test
  void randomMasks() {
    assertThat(masks(new RandomMasking())).isEqualTo("6678cc6dc679d3e0");
  }

  @Test
  void blockMasks() {
    assertThat(masks(new BlockMasking())).isEqualTo("858c4f69d4f9639d");
  }

  @Test
  void gridMasks() {
    assertThat(masks(new GridMasking())).isEqualTo("71f9cfb024911f9c");
  }

  @Test
  void crops() {
    Fingerprint fingerprint = new Fingerprint();
    RandomResizedCrop cropping = new RandomResizedCrop(0.2, 1);
    for (int image = 0; image < IMAGES; image++) {
      Crop crop = cropping.choose(375, 500, SEED_0.draws("crop", 1, image));
      fingerprint.add(crop.top(), crop.left(), crop.height(), crop.width());
    }
    assertThat(fingerprint).hasToString("df56ab9507f25fdb");
  }

  @Test
  void orderOfAnEpoch() {
    Fingerprint fingerprint = new Fingerprint();
    Augmentation flips = Augmentation.cropAndFlip(0.2);
    try (BatchStream<Batch> batches = epoch(IMAGES, flips)) {
      while (batches.hasNext()) {
        fingerprint.add(batches.next().indices());
      }
    }
    assertThat(fingerprint).hasToString("bb761ae213be2a9b");
  }

  @Test
  void imagesThatAreDistortedAndErased() {
    Fingerprint fingerprint = new Fingerprint();
    Augmentation everything =
        new Augmentation(
            new RandomResizedCrop(0.08, 1),
            0.5,
            Optional.of(RandAugment.official()),
            new RandomErasing(0.25));
    try (BatchStream<Batch> batches = epoch(100, everything)) {
      while (batches.hasNext()) {
        fingerprint.add(batches.next().images());
      }
    }
    assertThat(fingerprint).hasToString("28e0a4017d994497");
  }

  private static BatchStream<Batch> epoch(int images, Augmentation augmentation) {
    PipelineConfig config =
        new PipelineConfig(
            new ImageSpec(16, 16, 1, 4),
            new Normalization(List.of(0.5), List.of(0.25)),
            20,
            2,
            0,
            Optional.of(augmentation));
    return PrefetchingBatchSource.training(new Slopes(images), config, (image, reason) -> {})
        .epoch(1, 0, Batch::copy);
  }

  /** Grey images of 24×20 pixels that grow brighter to the right and downwards. */
  private record Slopes(int size) implements Dataset {
    @Override
    public String name() {
      return "slopes";
    }

    @Override
    public String id(int index) {
      return "slope " + index;
    }

    @Override
    public int label(int index) {
      return UNLABELLED;
    }

    @Override
    public List<String> classes() {
      return List.of();
    }

    @Override
    public PixelImage read(int index) {
      byte[] samples = new byte[24 * 20];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (byte) (5 * (i / 20) + 3 * (i % 20) + index % 50);
      }
      return new PixelImage(24, 20, 1, samples);
    }
  }

  @Test
  void droppedBranches() {
    Array factors = new DropPath(0.1, 12).draw(IMAGES, SEED_0.draws("drop-path", 1, 0));

    assertThat(new Fingerprint().add(factors.floats())).hasToString("70514ac5c3bf177f");
  }

  @Test
  void learningRates() {
    WarmupCosine schedule = new WarmupCosine(1.5e-4, 0, 40, 400);
    Fingerprint fingerprint = new Fingerprint();
    for (int i = 0; i < 4000; i++) {
      fingerprint.add(schedule.at(i / 10.0));
    }
    assertThat(fingerprint).hasToString("b8e1d84be6b64e66");
  }
}
