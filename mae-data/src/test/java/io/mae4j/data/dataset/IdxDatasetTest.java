package io.mae4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxDatasetTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir private Path folder;

  private Dataset open(Split split) {
    return new IdxDatasetProvider().open(new DatasetRequest(folder.toString(), split));
  }

  private void images(byte[] file) throws IOException {
    Files.write(folder.resolve(IMAGES), file);
  }

  private void labels(byte[] file) throws IOException {
    Files.write(folder.resolve(LABELS), file);
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> open(Split.TRAIN))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContainingAll(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void plainAndCompressedFilesAreRead(String suffix) throws IOException {
    IdxFiles.write(folder, "train", 5, 2, 3, suffix);
    IdxFiles.write(folder, "t10k", 4, 2, 3, suffix);

    Dataset train = open(Split.TRAIN);
    assertThat(train.size()).isEqualTo(5);
    assertThat(train.classes()).containsExactly("0", "1", "2");
    assertThat(train.label(4)).isEqualTo(1);
    assertThat(train.id(4)).isEqualTo("4");
    PixelImage image = train.read(4);
    assertThat(image.height()).isEqualTo(2);
    assertThat(image.width()).isEqualTo(3);
    assertThat(image.channels()).isEqualTo(1);
    assertThat(image.samples()).containsExactly(24, 25, 26, 27, 28, 29);
    assertThat(open(Split.TEST).size()).isEqualTo(4);
  }

  @Test
  void theOtherUsualNamesAreKnown() throws IOException {
    Files.write(
        folder.resolve("train-images.idx3-ubyte"),
        IdxFiles.file(0x803, IdxFiles.counting(4), 1, 2, 2));
    assertThat(open(Split.TRAIN).size()).isEqualTo(1);
    Files.write(
        folder.resolve("test-images-idx3-ubyte"),
        IdxFiles.file(0x803, IdxFiles.counting(8), 2, 2, 2));
    assertThat(open(Split.TEST).size()).isEqualTo(2);
  }

  @Test
  void whatLiesBesideTheFilesOfTheSplitIsCounted() throws IOException {
    IdxFiles.write(folder, "train", 5, 2, 3, "");
    assertThat(open(Split.TRAIN).leftOut().isNothing()).isTrue();
    IdxFiles.write(folder, "train", 5, 2, 3, ".gz");
    IdxFiles.write(folder, "t10k", 4, 2, 3, ".gz");
    for (String name : List.of("a.png", "b.png", ".cache", "readme")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("more"));
    assertThat(open(Split.TRAIN).leftOut())
        .hasToString(
            "2 .png files, 1 files of no known ending, 4 IDX files of another split or form,"
                + " 1 folders beside the IDX files, 1 hidden");
  }

  @Test
  void withoutLabelsItIsUnlabelled() throws IOException {
    images(IdxFiles.file(0x803, IdxFiles.counting(8), 2, 2, 2));
    Dataset dataset = open(Split.TRAIN);
    assertThat(dataset.classes()).isEmpty();
    assertThat(dataset.label(1)).isEqualTo(Dataset.UNLABELLED);
  }

  @Test
  void bothSplitsHaveTheClassesOfTheTrainingSplit() throws IOException {
    IdxFiles.write(folder, "train", 6, 2, 2, "");
    IdxFiles.write(folder, "t10k", 1, 2, 2, "");
    assertThat(open(Split.TEST).classes()).containsExactly("0", "1", "2");
  }

  @Test
  void aLabelBeyondTheTrainingClassesIsRefused() throws IOException {
    IdxFiles.write(folder, "train", 6, 2, 2, "");
    IdxFiles.write(folder, "t10k", 2, 2, 2, "");
    Files.write(
        folder.resolve("t10k-labels-idx1-ubyte"), IdxFiles.file(0x801, new byte[] {0, 9}, 2));
    assertThatThrownBy(() -> open(Split.TEST))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining("image 1 has label 9, but there are only 3 classes");
  }

  @Test
  void aWrongMagicNumberIsRefused() throws IOException {
    images(IdxFiles.file(0x0d03, IdxFiles.counting(8), 2, 2, 2));
    assertRefused(IMAGES, "begins with 0x00000d03 instead of 0x00000803");
  }

  @Test
  void labelsInPlaceOfImagesAreRefused() throws IOException {
    images(IdxFiles.file(0x801, IdxFiles.counting(8), 8));
    assertRefused(IMAGES, "with 3 axes", "0x00000801");
  }

  @Test
  void aFileCutShortAnywhereIsRefused() throws IOException {
    byte[] whole = IdxFiles.file(0x803, IdxFiles.counting(12), 3, 2, 2);
    byte[] compressed = IdxFiles.gzip(whole);
    for (byte[] file : new byte[][] {whole, compressed}) {
      for (int length = 0; length < file.length; length++) {
        images(Arrays.copyOf(file, length));
        assertRefused(IMAGES);
      }
    }
    images(Arrays.copyOf(whole, whole.length - 1));
    assertRefused(IMAGES, "truncated IDX file");
  }

  @Test
  void aFileLongerThanItSaysIsRefused() throws IOException {
    images(IdxFiles.file(0x803, IdxFiles.counting(13), 3, 2, 2));
    assertRefused(IMAGES, "longer than its extents [3, 2, 2] say");
  }

  @Test
  void damagedCompressionIsRefused() throws IOException {
    byte[] compressed = IdxFiles.gzip(IdxFiles.file(0x803, IdxFiles.counting(1200), 3, 20, 20));
    compressed[compressed.length - 6] ^= 0x55;
    images(compressed);
    assertRefused(IMAGES, "cannot be read");
  }

  @Test
  void anotherNumberOfLabelsThanImagesIsRefused() throws IOException {
    images(IdxFiles.file(0x803, IdxFiles.counting(12), 3, 2, 2));
    labels(IdxFiles.file(0x801, new byte[4], 4));
    assertRefused(folder.toString(), "3 images but 4 labels");
  }

  @Test
  void impossibleExtentsAreRefusedBeforeMemoryIsSetAside() throws IOException {
    images(IdxFiles.file(0x803, new byte[0], 1 << 30, 28, 28));
    assertRefused(IMAGES, "impossible IDX extents [1073741824, 28]");
    images(IdxFiles.file(0x803, new byte[0], -1, 28, 28));
    assertRefused(IMAGES, "impossible IDX extents [-1]");
    images(IdxFiles.file(0x803, new byte[0], 0, 28, 28));
    assertRefused(IMAGES, "impossible IDX extents [0]");
    images(IdxFiles.gzip(IdxFiles.file(0x803, new byte[0], 2_000_000, 28, 28)));
    assertRefused(IMAGES, "[2000000, 28, 28] does not fit into it");
    images(IdxFiles.file(0x803, new byte[65_536], 1, 1, 65_536));
    assertRefused("images of 1×65536 are too large");
  }

  @Test
  void aMissingSplitSaysWhatWasLookedFor() throws IOException {
    IdxFiles.write(folder, "train", 2, 2, 2, "");
    assertThatThrownBy(() -> open(Split.TEST))
        .isInstanceOf(MaeException.class)
        .hasMessageContainingAll(
            folder.toString(), "no images of the test split", "t10k-images-idx3-ubyte.gz");
  }

  @Test
  void onlyFoldersWithImagesAreAccepted() throws IOException {
    IdxDatasetProvider provider = new IdxDatasetProvider();
    assertThat(provider.accepts(folder.toString())).isFalse();
    labels(IdxFiles.file(0x801, new byte[4], 4));
    assertThat(provider.accepts(folder.toString())).isFalse();
    images(IdxFiles.file(0x803, IdxFiles.counting(12), 3, 2, 2));
    assertThat(provider.accepts(folder.toString())).isTrue();
    assertThat(provider.accepts(folder.resolve(IMAGES).toString())).isFalse();
    assertThat(provider.accepts("sample")).isFalse();
    assertThat(provider.accepts("\0")).isFalse();
  }

  @Test
  void aMissingFolderIsRefusedByName() {
    folder = folder.resolve("gone");
    assertRefused("there is no folder " + folder);
  }
}
