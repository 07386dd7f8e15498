package io.mae4j.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageStatisticsTest {

  /** Images of one row; an empty one is damaged. */
  private static Dataset rows(byte[]... rows) {
    return new Dataset() {
      @Override
      public String name() {
        return "rows";
      }

      @Override
      public int size() {
        return rows.length;
      }

      @Override
      public String id(int index) {
        return "row " + index;
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
        if (rows[index].length == 0) {
          throw MaeException.data("row " + index + ": damaged");
        }
        return new PixelImage(1, rows[index].length, 1, rows[index]);
      }
    };
  }

  @Test
  void everyPixelOfEveryReadableImageCountsTheSame() {
    Normalization found =
        ImageStatistics.measure(rows(new byte[] {0, 51, 102}, new byte[0], new byte[] {-1}), 1, 10);
    // 0, 51, 102 and 255 of 255: 0, 0.2, 0.4 and 1.
    assertThat(found.mean().get(0)).isEqualTo(0.4, within(1e-12));
    assertThat(found.std().get(0)).isEqualTo(Math.sqrt(0.14), within(1e-12));
  }

  @Test
  void aChannelThatNeverChangesIsNotDividedByZero() {
    Normalization found = ImageStatistics.measure(rows(new byte[] {51, 51}), 3, 10);
    assertThat(found.mean())
        .hasSize(3)
        .allSatisfy(m -> assertThat(m).isEqualTo(0.2, within(1e-12)));
    assertThat(found.std()).containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void imagesAreTakenAtEvenDistances() {
    Dataset four =
        rows(new byte[] {0, 0}, new byte[] {99, 99}, new byte[] {-1, -1}, new byte[] {7, 7});
    assertThat(ImageStatistics.measure(four, 1, 2).mean().get(0)).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void threeChannelsUsuallyTakeThoseOfImageNet() {
    Dataset dataset = rows(new byte[] {0, 51, 102});
    assertThat(ImageStatistics.usual(dataset, 3)).isEqualTo(Normalization.IMAGENET);
    assertThat(ImageStatistics.usual(dataset, 1).mean().get(0)).isEqualTo(0.2, within(1e-12));
  }

  @Test
  void nothingReadableIsRefused() {
    assertThatThrownBy(() -> ImageStatistics.measure(rows(new byte[0], new byte[0]), 1, 10))
        .isInstanceOf(MaeException.class)
        .hasMessage("rows: no image can be read");
  }
}
