package io.mae4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.data.Batch;
import io.mae4j.data.image.ImageTransform;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationBatchesTest {

  private static PrefetchingBatchSource evaluation(Numbered dataset, int batchSize, int threads) {
    return PrefetchingBatchSource.evaluation(
        dataset, Batches.config(batchSize, threads, 1), (image, reason) -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "50, 7, 1, 8, 1",
    "50, 7, 4, 8, 1",
    "49, 7, 2, 7, 7",
    "5, 7, 2, 1, 5",
    "1, 1, 3, 1, 1"
  })
  void everyImageComesOnceInOrderTheLastBatchBeingSmaller(
      int size, int batchSize, int threads, int batches, int last) {
    PrefetchingBatchSource source = evaluation(new Numbered(size), batchSize, threads);
    List<Batch> found = Batches.all(source, 0, 0);

    assertThat(source.batchesPerEpoch()).isEqualTo(batches);
    assertThat(found).hasSize(batches);
    assertThat(found.get(batches - 1).size()).isEqualTo(last);
    assertThat(Batches.indices(found))
        .isEqualTo(IntStream.range(0, size).boxed().collect(Collectors.toList()));
  }

  @Test
  void imagesAreNotAugmented() {
    Numbered dataset = new Numbered(10);
    ImageTransform transform = new ImageTransform(Batches.IMAGE, Batches.HALF);
    for (Batch batch : Batches.all(evaluation(dataset, 4, 2), 0, 0)) {
      float[] expected = new float[batch.size() * 64];
      for (int i = 0; i < batch.size(); i++) {
        transform.evaluate(dataset.read(batch.indices()[i]), expected, i * 64);
      }
      assertThat(batch.images()).isEqualTo(expected);
    }
  }

  @Test
  void everyEpochIsTheSameButForItsNumber() {
    PrefetchingBatchSource source = evaluation(new Numbered(10), 4, 2);
    List<Batch> first = Batches.all(source, 0, 0);
    List<Batch> second = Batches.all(source, 4, 0);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).images()).isEqualTo(first.get(i).images());
      assertThat(second.get(i).epoch()).isEqualTo(4);
    }
  }
}
