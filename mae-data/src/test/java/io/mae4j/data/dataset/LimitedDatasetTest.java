package io.mae4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.LeftOut;
import io.mae4j.api.error.MaeException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitedDatasetTest {

  /** Images of one pixel that is their number, the first half of class a, the second of b. */
  private static Dataset whole(int size) {
    byte[] labels = new byte[size];
    for (int i = size / 2; i < size; i++) {
      labels[i] = 1;
    }
    return new IdxDataset(
        "whole",
        new IdxFile(new int[] {size, 1, 1}, IdxFiles.counting(size)),
        labels,
        List.of("a", "b"),
        LeftOut.nothing().and(3, "hidden"));
  }

  @Test
  void imagesAreTakenAtEvenDistances() {
    Dataset part = LimitedDataset.of(whole(10), 4);
    assertThat(part.size()).isEqualTo(4);
    assertThat(IntStream.range(0, 4).mapToObj(part::id)).containsExactly("0", "2", "5", "7");
    assertThat(IntStream.range(0, 4).map(i -> part.read(i).sample(0, 0, 0)))
        .containsExactly(0, 2, 5, 7);
    assertThat(IntStream.range(0, 4).map(part::label)).containsExactly(0, 0, 1, 1);
    assertThat(part.classes()).containsExactly("a", "b");
  }

  @Test
  void itsNameSaysHowMuchOfTheWholeItIs() {
    assertThat(LimitedDataset.of(whole(10), 4).name()).isEqualTo("whole (4 of 10 images)");
  }

  @Test
  void itTellsWhatTheWholeLeavesOutAndWhatTheLimitDoes() {
    assertThat(LimitedDataset.of(whole(10), 4).leftOut())
        .hasToString("3 hidden, 6 images beyond the limit of 4");
    assertThat(LimitedDataset.of(whole(10), 10).leftOut()).hasToString("3 hidden");
  }

  @Test
  void aLimitThatIsNotReachedChangesNothing() {
    Dataset whole = whole(10);
    assertThat(LimitedDataset.of(whole, 10)).isSameAs(whole);
    assertThat(LimitedDataset.of(whole, 99)).isSameAs(whole);
    assertThat(LimitedDataset.of(whole, 9).size()).isEqualTo(9);
  }

  @Test
  void aLimitBelowOneIsRefused() {
    assertThatThrownBy(() -> LimitedDataset.of(whole(10), 0))
        .isInstanceOf(MaeException.class)
        .hasMessage("the number of images must be at least 1, got 0");
  }
}
