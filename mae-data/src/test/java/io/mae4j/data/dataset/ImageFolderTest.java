package io.mae4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.DatasetRequest;
import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFolderTest {
  @TempDir private Path folder;

  private ImageFolderDataset open(Split split) {
    return (ImageFolderDataset)
        new ImageFolderProvider().open(new DatasetRequest(folder.toString(), split));
  }

  /** Writes pictures of 3×2 pixels of one colour. */
  private void pictures(int colour, String... paths) throws IOException {
    for (String path : paths) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 6; i++) {
        image.setRGB(i % 3, i / 3, colour);
      }
      ImageIO.write(image, "png", file.toFile());
    }
  }

  private static List<String> ids(Dataset dataset) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      ids.add(dataset.id(i));
    }
    return ids;
  }

  private static List<Integer> labels(Dataset dataset) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < dataset.size(); i++) {
      labels.add(dataset.label(i));
    }
    return labels;
  }

  private void assertRefused(Split split, String... words) {
    assertThatThrownBy(() -> open(split))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContainingAll(words);
  }

  @Test
  void aFolderIsAClass() throws IOException {
    pictures(0, "dog/b.png", "dog/a.png", "cat/z.png", "owl/1.png");
    Dataset dataset = open(Split.TRAIN);
    assertThat(ids(dataset)).containsExactly("cat/z.png", "dog/a.png", "dog/b.png", "owl/1.png");
    assertThat(dataset.classes()).containsExactly("cat", "dog", "owl");
    assertThat(labels(dataset)).containsExactly(0, 1, 1, 2);
    assertThat(dataset.name()).isEqualTo(folder.toString());
  }

  @Test
  void aFolderWhoseNameBeginsAnotherStaysTogether() throws IOException {
    pictures(0, "a/1.png", "a/2.png", "a b/1.png", "a-b/1.png");
    Dataset dataset = open(Split.TRAIN);
    assertThat(dataset.classes()).containsExactly("a", "a b", "a-b");
    assertThat(labels(dataset)).containsExactly(0, 0, 1, 2);
  }

  @Test
  void aFlatFolderIsUnlabelled() throws IOException {
    pictures(0, "2.png", "10.png");
    Dataset dataset = open(Split.TRAIN);
    assertThat(ids(dataset)).containsExactly("10.png", "2.png");
    assertThat(dataset.classes()).isEmpty();
    assertThat(labels(dataset)).containsOnly(Dataset.UNLABELLED);
  }

  @Test
  void deeperFoldersBelongToTheirClass() throws IOException {
    pictures(0, "cat/summer/a.png", "cat/b.png", "dog/x/y/z/c.png");
    Dataset dataset = open(Split.TRAIN);
    assertThat(ids(dataset)).containsExactly("cat/b.png", "cat/summer/a.png", "dog/x/y/z/c.png");
    assertThat(labels(dataset)).containsExactly(0, 0, 1);
  }

  @Test
  void picturesBesideTheClassesAreLeftOutAndCounted() throws IOException {
    pictures(0, "cat/a.png", "dog/b.png", "overview.png");
    ImageFolderDataset dataset = open(Split.TRAIN);
    assertThat(ids(dataset)).containsExactly("cat/a.png", "dog/b.png");
    assertThat(dataset.leftOut()).hasToString("1 pictures beside the class folders");
  }

  @Test
  void hiddenFilesAndOtherFilesAreLeftOutAndCounted() throws IOException {
    pictures(0, "cat/a.png", "cat/.b.png", ".git/c.png", "cat/.thumbs/d.png");
    Files.writeString(folder.resolve("cat/notes.txt"), "x");
    ImageFolderDataset dataset = open(Split.TRAIN);
    assertThat(ids(dataset)).containsExactly("cat/a.png");
    assertThat(dataset.classes()).containsExactly("cat");
    assertThat(dataset.leftOut()).hasToString("1 .txt files, 3 hidden");
  }

  @Test
  void splitsAreTheFoldersTrainAndVal() throws IOException {
    pictures(0, "train/cat/a.png", "train/dog/b.png", "val/cat/c.png", "val/dog/d.png");
    assertThat(ids(open(Split.TRAIN))).containsExactly("cat/a.png", "dog/b.png");
    assertThat(ids(open(Split.TEST))).containsExactly("cat/c.png", "dog/d.png");
    assertThat(open(Split.TEST).name()).isEqualTo(folder + " (val)");
  }

  @ParameterizedTest
  @CsvSource({
    "train, val",
    "train, test",
    "train, validation",
    "Train, Valid",
    "TRAIN, TEST",
    "Training, Testing"
  })
  void aTrainingFolderBesideATestFolderIsASplitInAnyCase(String train, String test)
      throws IOException {
    pictures(0, train + "/cat/a.png", train + "/dog/b.png", test + "/cat/c.png");
    pictures(0, test + "/dog/d.png", "extra/e.png", "f.png");
    Files.writeString(folder.resolve(test + "/list.txt"), "x");
    Files.writeString(folder.resolve("licence.txt"), "x");
    Dataset training = open(Split.TRAIN);
    assertThat(ids(training)).containsExactly("cat/a.png", "dog/b.png");
    assertThat(training.classes()).containsExactly("cat", "dog");
    assertThat(training.leftOut())
        .hasToString(
            "1 .txt files, 2 pictures beside the split folders, 2 pictures of other splits");
    assertThat(ids(open(Split.TEST))).containsExactly("cat/c.png", "dog/d.png");
    assertThat(open(Split.TEST).leftOut())
        .hasToString(
            "2 .txt files, 2 pictures beside the split folders, 2 pictures of other splits");
  }

  @Test
  void ofSeveralTestFoldersTheFirstByNameIsTaken() throws IOException {
    pictures(0, "train/a.png", "test/b.png", "test/c.png", "val/d.png");
    assertThat(ids(open(Split.TEST))).containsExactly("d.png");
    assertThat(open(Split.TEST).leftOut()).hasToString("3 pictures of other splits");
  }

  @Test
  void aTrainingFolderAloneIsASplitThoughPicturesLieBesideIt() throws IOException {
    pictures(0, "train/cat/a.png", "train/dog/b.png", "overview.png");
    assertThat(ids(open(Split.TRAIN))).containsExactly("cat/a.png", "dog/b.png");
    assertThat(open(Split.TRAIN).leftOut()).hasToString("1 pictures beside the split folders");
    assertRefused(Split.TEST, "no test split");
  }

  @Test
  void aFolderNamedLikeASplitIsAClassBesideOtherClasses() throws IOException {
    pictures(0, "bus/a.png", "car/b.png", "train/c.png", "train/d.png");
    Dataset vehicles = open(Split.TRAIN);
    assertThat(vehicles.classes()).containsExactly("bus", "car", "train");
    assertThat(labels(vehicles)).containsExactly(0, 1, 2, 2);
    assertThat(vehicles.leftOut().isNothing()).isTrue();
    assertRefused(Split.TEST, "no test split");
    pictures(0, "valid/e.png");
    Files.createDirectories(folder.resolve("notes"));
    assertThat(open(Split.TRAIN).leftOut())
        .hasToString("2 pictures beside the split folders, 1 pictures of other splits");
  }

  @Test
  void picturesBesideASingleFolderAreUsedWithItsPictures() throws IOException {
    pictures(0, "b.png", "a.png", "edited/c.png");
    Dataset photos = open(Split.TRAIN);
    assertThat(ids(photos)).containsExactly("a.png", "b.png", "edited/c.png");
    assertThat(photos.classes()).isEmpty();
    assertThat(photos.leftOut().isNothing()).isTrue();
  }

  @Test
  void filesThatAreNoPicturesAreCountedByTheirEndings() throws IOException {
    pictures(0, "a.png");
    for (String name : List.of("b.heic", "c.HEIC", "d.heic", "e.mov", "f", "g.", ".h.heic")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createSymbolicLink(folder.resolve("gone.png"), folder.resolve("nowhere.png"));
    assertThat(open(Split.TRAIN).leftOut())
        .hasToString(
            "3 .heic files, 2 files of no known ending, 1 .mov files, 1 broken links, 1 hidden");
    for (int i = 0; i < 20; i++) {
      Files.createFile(folder.resolve("x." + (char) ('a' + i)));
    }
    assertThat(open(Split.TRAIN).leftOut().counts()).hasSize(11).containsEntry("other files", 15);
    Files.delete(folder.resolve("a.png"));
    assertRefused(Split.TRAIN, "no images of the training split", "left out: 3 .heic files");
  }

  @Test
  void otherClassesInTheTestSplitAreRefused() throws IOException {
    pictures(0, "train/cat/a.png", "train/dog/b.png", "test/cat/c.png", "test/owl/d.png");
    assertRefused(Split.TEST, "only in training: dog", "only in test: owl");
  }

  @Test
  void aMissingSplitIsRefused() throws IOException {
    pictures(0, "cat/a.png");
    assertRefused(
        Split.TEST,
        "no test split; looked for the folders val, validation, valid, test, testing beside train");
    Files.delete(folder.resolve("cat/a.png"));
    pictures(0, "val/cat/a.png");
    assertRefused(Split.TRAIN, "no training split; the folder val is there, but train is not");
  }

  @Test
  void aFolderWithoutPicturesIsRefused() throws IOException {
    Files.writeString(folder.resolve("readme.txt"), "x");
    assertRefused(Split.TRAIN, folder.toString(), "no images of the training split", "JPEG, PNG");
  }

  @Test
  void aPlaceThatIsNoFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file.png"), "x");
    assertThat(new ImageFolderProvider().accepts(file.toString())).isFalse();
    folder = file;
    assertRefused(Split.TRAIN, "there is no folder " + file);
  }

  @Test
  void aFolderWithIdxFilesIsLeftToTheirProvider() throws IOException {
    assertThat(new ImageFolderProvider().accepts(folder.toString())).isTrue();
    IdxFiles.write(folder, "train", 2, 2, 2, "");
    assertThat(new ImageFolderProvider().accepts(folder.toString())).isFalse();
  }

  @Test
  void picturesAreReadAsColour() throws IOException {
    pictures(0x0a141e, "a.png");
    PixelImage image = open(Split.TRAIN).read(0);
    assertThat(image.height()).isEqualTo(2);
    assertThat(image.width()).isEqualTo(3);
    assertThat(image.samples()).startsWith(10, 20, 30, 10, 20, 30);
  }

  @Test
  void aFileThatIsNoPictureIsRefusedByItsPathWhenItIsRead() throws IOException {
    pictures(0, "cat/a.png");
    Path text = Files.writeString(folder.resolve("cat/b.png"), "no picture");
    Dataset dataset = open(Split.TRAIN);
    assertThat(dataset.size()).isEqualTo(2);
    assertThatThrownBy(() -> dataset.read(1))
        .isInstanceOfSatisfying(
            MaeException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DATA))
        .hasMessageContaining(text.toString());
  }

  @Test
  void aPictureThatIsGoneIsRefusedByItsPath() throws IOException {
    pictures(0, "a.png");
    Dataset dataset = open(Split.TRAIN);
    Files.delete(folder.resolve("a.png"));
    assertThatThrownBy(() -> dataset.read(0))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining(folder.resolve("a.png") + ": cannot be read");
  }

  @Test
  void aPictureThatMayNotBeReadIsRefusedByItsPath() throws IOException {
    pictures(0, "a.png");
    Path file = folder.resolve("a.png");
    assumeThat(file.toFile().setReadable(false)).isTrue();
    assumeThat(Files.isReadable(file)).as("an administrator may read everything").isFalse();
    Dataset dataset = open(Split.TRAIN);
    assertThatThrownBy(() -> dataset.read(0))
        .isInstanceOf(MaeException.class)
        .hasMessageContaining(file + ": cannot be read");
  }

  @Test
  void aLoopOfLinksEnds() throws IOException {
    pictures(0, "cat/a.png");
    Files.createSymbolicLink(folder.resolve("cat/again"), folder);
    ImageFolderDataset dataset = open(Split.TRAIN);
    assertThat(ids(dataset)).containsExactly("cat/a.png");
    assertThat(dataset.leftOut()).hasToString("1 loops of links");
  }
}
