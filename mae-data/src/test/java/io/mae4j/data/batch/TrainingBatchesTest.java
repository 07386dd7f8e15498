package io.mae4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Batch;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.random.Randomness;
import io.mae4j.data.augment.Augmentation;
import io.mae4j.data.augment.RandAugment;
import io.mae4j.data.augment.RandomErasing;
import io.mae4j.data.image.ImageTransform;
import io.mae4j.data.image.RandomResizedCrop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingBatchesTest {

  private static PrefetchingBatchSource training(int size, int batchSize, int threads, long seed) {
    return PrefetchingBatchSource.training(
        new Numbered(size), Batches.config(batchSize, threads, seed), (image, reason) -> {});
  }

  private static void assertSame(List<Batch> actual, List<Batch> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i))
          .as("batch %d", i)
          .usingRecursiveComparison()
          .isEqualTo(expected.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 9})
  void theNumberOfThreadsDoesNotChangeTheBatches(int threads) {
    for (int epoch = 0; epoch < 2; epoch++) {
      assertSame(
          Batches.all(training(50, 7, threads, 5), epoch, 0),
          Batches.all(training(50, 7, 1, 5), epoch, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 6, 7})
  void anEpochEnteredLaterGoesOnWithTheSameBatches(int before) {
    List<Batch> whole = Batches.all(training(50, 7, 2, 5), 3, 0);
    assertThat(whole).hasSize(7);
    assertSame(
        Batches.all(training(50, 7, 4, 5), 3, 7 * before), whole.subList(before, whole.size()));
  }

  @Test
  void anEpochEnteredWithBatchesOfAnotherSizeGoesOnWithTheNextImages() {
    List<Integer> order = Batches.indices(Batches.all(training(50, 1, 2, 5), 3, 0));
    List<Batch> rest = Batches.all(training(50, 7, 2, 5), 3, 12);
    assertThat(rest).hasSize(5);
    assertThat(Batches.indices(rest)).isEqualTo(order.subList(12, 12 + 35));
    assertThat(Batches.all(training(50, 7, 2, 5), 3, 44)).isEmpty();
  }

  @Test
  void everyEpochHasItsOwnOrderAndCrops() {
    PrefetchingBatchSource source = training(49, 7, 2, 5);
    List<Batch> first = Batches.all(source, 0, 0);
    List<Batch> second = Batches.all(source, 1, 0);
    List<Integer> all = IntStream.range(0, 49).boxed().collect(Collectors.toList());

    assertThat(Batches.indices(first)).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    assertThat(Batches.indices(second))
        .containsExactlyInAnyOrderElementsOf(all)
        .isNotEqualTo(Batches.indices(first));
    assertThat(values(first, 20)).isNotEqualTo(values(second, 20));
    assertThat(first).allMatch(batch -> batch.epoch() == 0);
    assertThat(second).allMatch(batch -> batch.epoch() == 1);
  }

  /** The values of one image of the data set. */
  private static List<Float> values(List<Batch> batches, int index) {
    List<Float> values = new ArrayList<>();
    for (Batch batch : batches) {
      for (int i = 0; i < batch.size(); i++) {
        for (int v = 0; v < 64 && batch.indices()[i] == index; v++) {
          values.add(batch.images()[i * 64 + v]);
        }
      }
    }
    return values;
  }

  @Test
  void anotherSeedGivesAnotherOrderAndOtherCrops() {
    List<Batch> five = Batches.all(training(49, 7, 2, 5), 0, 0);
    List<Batch> six = Batches.all(training(49, 7, 2, 6), 0, 0);
    assertThat(Batches.indices(five)).isNotEqualTo(Batches.indices(six));
    assertThat(values(five, 20)).isNotEqualTo(values(six, 20));
  }

  @Test
  void cropsAndFlipsAreDrawnFromSeedEpochAndImage() {
    Numbered dataset = new Numbered(49);
    Randomness randomness = new Randomness(5);
    ImageTransform transform = new ImageTransform(Batches.IMAGE, Batches.HALF);
    RandomResizedCrop crop = new RandomResizedCrop(0.2, 1);
    for (Batch batch : Batches.all(training(49, 7, 2, 5), 3, 0)) {
      float[] expected = new float[7 * 64];
      for (int i = 0; i < 7; i++) {
        int index = batch.indices()[i];
        transform.augment(
            dataset.read(index),
            crop,
            randomness.draws("crop", 3, index),
            0.5,
            randomness.draws("flip", 3, index),
            cut -> cut,
            expected,
            i * 64);
      }
      assertThat(batch.images()).isEqualTo(expected);
    }
  }

  /** A run that is resumed by a later version must go on with the same order. */
  @Test
  void theOrderOfASeedIsThis() {
    assertThat(Batches.indices(Batches.all(training(12, 4, 2, 7), 2, 0)))
        .containsExactly(1, 8, 2, 7, 10, 0, 11, 3, 5, 6, 4, 9);
  }

  @Test
  void everyPlaceInTheOrderIsEquallyLikely() {
    PrefetchingBatchSource source = training(5, 5, 1, 1);
    int[][] counts = new int[5][5];
    for (int epoch = 0; epoch < 2000; epoch++) {
      List<Integer> order = Batches.indices(Batches.all(source, epoch, 0));
      for (int place = 0; place < 5; place++) {
        counts[order.get(place)][place]++;
      }
    }
    // Four standard deviations of 2000 draws of probability 1/5.
    for (int[] image : counts) {
      for (int count : image) {
        assertThat(count).isBetween(400 - 72, 400 + 72);
      }
    }
  }

  @Test
  void whatDoesNotFillABatchIsDropped() {
    PrefetchingBatchSource source = training(50, 7, 2, 5);
    assertThat(source.batchesPerEpoch()).isEqualTo(7);
    assertThat(Batches.all(source, 0, 0)).hasSize(7).allMatch(batch -> batch.size() == 7);
  }

  @Test
  void labelsBelongToTheirImages() {
    for (Batch batch : Batches.all(training(50, 7, 2, 5), 0, 0)) {
      assertThat(batch.fits(Batches.IMAGE)).isTrue();
      for (int i = 0; i < batch.size(); i++) {
        assertThat(batch.labels()[i]).isEqualTo(batch.indices()[i] % 3);
      }
    }
  }

  @Test
  void withoutAugmentationImagesAreThoseOfTheEvaluation() {
    Numbered dataset = new Numbered(20);
    PipelineConfig config = Batches.withoutAugmentation(5, 2);
    List<Batch> learning =
        Batches.all(PrefetchingBatchSource.training(dataset, config, (i, r) -> {}), 0, 0);
    List<Batch> measuring =
        Batches.all(PrefetchingBatchSource.evaluation(dataset, config, (i, r) -> {}), 0, 0);
    for (int index = 0; index < 20; index++) {
      assertThat(values(learning, index)).hasSize(64).isEqualTo(values(measuring, index));
    }
  }

  @Test
  void distortionAndErasingFollowCropAndFlipAndDependOnTheSeedAlone() {
    Augmentation plain = Augmentation.cropAndFlip(0.2);
    Augmentation strong =
        new Augmentation(
            plain.crop(),
            plain.flipProbability(),
            Optional.of(RandAugment.official()),
            new RandomErasing(0.25));
    List<Batch> without = Batches.all(augmented(plain, 1), 3, 0);
    List<Batch> with = Batches.all(augmented(strong, 1), 3, 0);
    List<Batch> threaded = Batches.all(augmented(strong, 3), 3, 0);
    int changed = 0;
    for (int index = 0; index < 40; index++) {
      changed += values(with, index).equals(values(without, index)) ? 0 : 1;
      assertThat(values(threaded, index)).isEqualTo(values(with, index));
    }
    // Three of four are distorted and one of four is erased.
    assertThat(changed).isBetween(20, 40);
    assertThat(Batches.indices(with)).isEqualTo(Batches.indices(without));
  }

  private static PrefetchingBatchSource augmented(Augmentation augmentation, int threads) {
    PipelineConfig config =
        new PipelineConfig(Batches.IMAGE, Batches.HALF, 5, threads, 1, Optional.of(augmentation));
    return PrefetchingBatchSource.training(new Numbered(40), config, (i, r) -> {});
  }

  @Test
  void aBatchLargerThanTheDatasetIsRefused() {
    assertThatThrownBy(() -> training(6, 7, 2, 5))
        .isInstanceOf(MaeException.class)
        .hasMessage("batch size 7 is larger than the data set numbered of 6 images");
  }

  @Test
  void aPositionBehindTheEpochIsRefused() {
    PrefetchingBatchSource source = training(50, 7, 2, 5);
    assertThatThrownBy(() -> source.epoch(0, 51, Batch::copy))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source.epoch(-1, 0, Batch::copy))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
