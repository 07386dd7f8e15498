package io.mae4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Batch;
import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedImagesTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private PrefetchingBatchSource training(Dataset dataset, int batchSize, int threads) {
    return PrefetchingBatchSource.training(
        dataset, Batches.config(batchSize, threads, 3), this::hear);
  }

  private PrefetchingBatchSource evaluation(Dataset dataset, int batchSize, int threads) {
    return PrefetchingBatchSource.evaluation(
        dataset, Batches.config(batchSize, threads, 3), this::hear);
  }

  private void hear(String image, String reason) {
    heard.add(image + " | " + reason);
  }

  private static void assertTooMany(PrefetchingBatchSource source, String... words) {
    assertThatThrownBy(() -> Batches.all(source, 0, 0))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContainingAll(words);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void inTrainingTheNextReadableImageTakesItsPlace(int threads) {
    Numbered dataset = new Numbered(40, 5, 6, 39);
    PrefetchingBatchSource source = training(dataset, 8, threads);
    List<Batch> whole = Batches.all(training(new Numbered(40), 8, 1), 0, 0);
    List<Batch> found = Batches.all(source, 0, 0);

    for (int i = 0; i < whole.size(); i++) {
      int[] replaced =
          IntStream.of(whole.get(i).indices())
              .map(index -> index == 5 || index == 6 ? 7 : index == 39 ? 0 : index)
              .toArray();
      assertThat(found.get(i).indices()).isEqualTo(replaced);
      assertThat(found.get(i).labels()).isEqualTo(IntStream.of(replaced).map(n -> n % 3).toArray());
    }
    assertThat(source.damagedCount()).isEqualTo(3);
    assertThat(heard)
        .containsExactlyInAnyOrder(
            "picture-5 | picture-5: truncated",
            "picture-6 | picture-6: truncated",
            "picture-39 | picture-39: truncated");
  }

  @Test
  void theReplacementIsCroppedAsItselfNotAsTheDamagedOne() {
    List<Batch> found = Batches.all(training(new Numbered(40, 5), 8, 2), 0, 0);
    float[] first = null;
    int sixes = 0;
    for (Batch batch : found) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.indices()[i] == 6) {
          float[] values = Arrays.copyOfRange(batch.images(), i * 64, (i + 1) * 64);
          assertThat(values).isEqualTo(first == null ? values : first);
          first = values;
          sixes++;
        }
      }
    }
    assertThat(sixes).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void inEvaluationItsBatchIsSmaller(int threads) {
    PrefetchingBatchSource source = evaluation(new Numbered(20, 1, 9), 5, threads);
    List<Batch> found = Batches.all(source, 0, 0);
    assertThat(found.stream().map(Batch::size)).containsExactly(4, 4, 5, 5);
    assertThat(Batches.indices(found)).hasSize(18).doesNotContain(1, 9).isSorted();
    for (Batch batch : found) {
      assertThat(batch.images()).hasSize(batch.size() * 64);
      assertThat(batch.labels()).isEqualTo(IntStream.of(batch.indices()).map(n -> n % 3).toArray());
    }
    assertThat(source.damagedCount()).isEqualTo(2);
  }

  @Test
  void eachIsReportedAndReadOnceInAllEpochs() {
    Numbered dataset = new Numbered(20, 4);
    PrefetchingBatchSource source = evaluation(dataset, 5, 2);
    Batches.all(source, 0, 0);
    Batches.all(source, 1, 0);
    Batches.all(source, 2, 0);
    assertThat(heard).hasSize(1);
    assertThat(source.damagedCount()).isEqualTo(1);
    assertThat(dataset.reads()).isEqualTo(1 + 3 * 19);
  }

  @Test
  void moreThanATenthIsTooMany() {
    Batches.all(evaluation(new Numbered(30, 1, 2, 3), 5, 2), 0, 0);
    assertTooMany(
        evaluation(new Numbered(30, 1, 2, 3, 29), 5, 1),
        "numbered: 4 of 30 images are damaged so far, more than 10 %",
        "the last one: picture-29: truncated");
    assertTooMany(training(new Numbered(30, 1, 2, 3, 29), 5, 4), "4 of 30 images are damaged");
  }

  @Test
  void oneOfAFewIsNotTooMany() {
    assertThat(Batches.indices(Batches.all(evaluation(new Numbered(4, 2), 4, 1), 0, 0)))
        .containsExactly(0, 1, 3);
    assertTooMany(evaluation(new Numbered(4, 1, 2), 4, 1), "2 of 4 images are damaged");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aBatchOfDamagedImagesAloneIsLeftOut(int threads) {
    List<Batch> found = Batches.all(evaluation(new Numbered(21, 20), 4, threads), 0, 0);
    assertThat(found.stream().map(Batch::size)).containsExactly(4, 4, 4, 4, 4);
    assertThat(Batches.indices(found)).hasSize(20).doesNotContain(20).isSorted();

    List<Batch> single = Batches.all(evaluation(new Numbered(20, 0, 11), 1, threads), 0, 0);
    assertThat(Batches.indices(single)).hasSize(18).doesNotContain(0, 11).isSorted();
    assertThat(single.get(0).indices()).containsExactly(1);
  }

  @Test
  void aDatasetOfDamagedImagesAloneIsAFailure() {
    assertTooMany(training(new Numbered(1, 0), 1, 1), "numbered: all 1 images are damaged");
    assertTooMany(evaluation(new Numbered(1, 0), 1, 1), "numbered: all 1 images are damaged");
  }

  @Test
  void otherFailuresAreNotTakenForDamage() {
    Dataset full =
        new Dataset() {
          @Override
          public String name() {
            return "full";
          }

          @Override
          public int size() {
            return 4;
          }

          @Override
          public String id(int index) {
            return "x";
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
            throw MaeException.resource("too many open files");
          }
        };
    assertThatThrownBy(() -> Batches.all(training(full, 2, 2), 0, 0))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE))
        .hasMessage("too many open files");
    assertThat(heard).isEmpty();
  }
}
