package io.mae4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.LeftOut;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataFingerprintTest {
  private static final List<String> CLASSES = List.of("a", "b");

  private static String fingerprint(
      String name, int height, int width, byte[] images, byte[] labels, List<String> classes) {
    int size = images.length / height / width;
    Dataset dataset =
        new IdxDataset(
            name,
            new IdxFile(new int[] {size, height, width}, images),
            labels,
            classes,
            LeftOut.nothing());
    return DataFingerprint.of(dataset).sha256();
  }

  private static byte[] labels(int size) {
    return new byte[size];
  }

  @Test
  void theSameImagesHaveTheSameWhereverTheyLie() {
    String expected = fingerprint("here", 2, 2, IdxFiles.counting(24), labels(6), CLASSES);
    assertThat(expected).matches("[0-9a-f]{64}");
    assertThat(fingerprint("there", 2, 2, IdxFiles.counting(24), labels(6), CLASSES))
        .isEqualTo(expected);
  }

  @Test
  void everyChangeIsSeen() {
    byte[] images = IdxFiles.counting(24);
    byte[] sample = images.clone();
    sample[23] ^= 1;
    byte[] label = labels(6);
    label[5] = 1;

    assertThat(
            List.of(
                fingerprint("x", 2, 2, images, labels(6), CLASSES),
                fingerprint("x", 2, 2, Arrays.copyOf(images, 20), labels(5), CLASSES),
                fingerprint("x", 4, 1, images, labels(6), CLASSES),
                fingerprint("x", 2, 2, sample, labels(6), CLASSES),
                fingerprint("x", 2, 2, images, label, CLASSES),
                fingerprint("x", 2, 2, images, labels(6), List.of("a", "c")),
                fingerprint("x", 2, 2, images, labels(6), List.of("ab")),
                fingerprint("x", 2, 2, images, new byte[0], List.of())))
        .doesNotHaveDuplicates();
  }

  @Test
  void imagesOfALargeDatasetAreSampledFromBothHalves() {
    byte[] images = IdxFiles.counting(1000);
    String expected = fingerprint("x", 1, 1, images, labels(1000), CLASSES);
    byte[] reversed = images.clone();
    for (int i = 500; i < 1000; i++) {
      reversed[i] = (byte) ~reversed[i];
    }
    assertThat(fingerprint("x", 1, 1, reversed, labels(1000), CLASSES)).isNotEqualTo(expected);
  }

  /** A fingerprint is compared with those of older runs. */
  @Test
  void itStaysTheSameFromVersionToVersion() {
    assertThat(fingerprint("x", 2, 2, IdxFiles.counting(24), labels(6), CLASSES))
        .isEqualTo("cdf685f804da442222f9ee5615528e4877a16e2d117f2b0b63d51f64e5dd5ec8");
  }
}
