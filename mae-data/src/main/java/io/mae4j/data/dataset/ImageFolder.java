package io.mae4j.data.dataset;

import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.error.MaeException;
import io.mae4j.data.image.ImageDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the pictures of a split. Training pictures are below {@code train} if that is there, else
 * below the folder itself; test pictures below {@code val} or else {@code test}. A split with
 * folders that hold pictures has a class for each of them; one without is unlabelled.
 */
final class ImageFolder {
  private static final String TRAIN = "train";
  private static final List<String> TEST = List.of("val", "test");

  private final String location;
  private final Path folder;
  private final ImageDecoder decoder;

  ImageFolder(String location, Path folder, ImageDecoder decoder) {
    this.location = location;
    this.folder = folder;
    this.decoder = decoder;
  }

  /**
   * Opens a split.
   *
   * @throws MaeException of kind DATA if it has no pictures, or other classes than the training
   *     split
   */
  ImageFolderDataset open(Split split) {
    return split == Split.TRAIN ? train() : test();
  }

  private ImageFolderDataset train() {
    return read(trainRoot(), "training");
  }

  private ImageFolderDataset test() {
    Path root =
        testRoot()
            .orElseThrow(
                () ->
                    MaeException.data(
                        location
                            + ": no test split; looked for the folders "
                            + String.join(" and ", TEST)));
    ImageFolderDataset test = read(root, "test");
    if (Files.isDirectory(folder.resolve(TRAIN)) && !test.classes().isEmpty()) {
      checkClasses(test.classes());
    }
    return test;
  }

  private void checkClasses(List<String> testClasses) {
    List<String> trainClasses = classes(PictureTree.walk(folder.resolve(TRAIN)));
    if (!trainClasses.isEmpty() && !trainClasses.equals(testClasses)) {
      throw MaeException.data(
          location
              + ": the test split has other classes than the training split:"
              + difference(" only in training: ", trainClasses, testClasses)
              + difference(" only in test: ", testClasses, trainClasses));
    }
  }

  private static String difference(String title, List<String> from, List<String> others) {
    TreeSet<String> rest = new TreeSet<>(from);
    others.forEach(rest::remove);
    return rest.isEmpty() ? "" : title + String.join(", ", rest) + ";";
  }

  private Path trainRoot() {
    Path train = folder.resolve(TRAIN);
    if (Files.isDirectory(train)) {
      return train;
    }
    if (testRoot().isPresent()) {
      throw MaeException.data(
          location
              + ": no training split; the folder "
              + testRoot().get().getFileName()
              + " is there, but "
              + TRAIN
              + " is not");
    }
    return folder;
  }

  private Optional<Path> testRoot() {
    return TEST.stream().map(folder::resolve).filter(Files::isDirectory).findFirst();
  }

  private ImageFolderDataset read(Path root, String split) {
    PictureTree tree = PictureTree.walk(root);
    List<String> classes = classes(tree);
    List<String> files = tree.pictures();
    if (!classes.isEmpty()) {
      files = files.stream().filter(ImageFolder::isInClass).collect(Collectors.toList());
    }
    if (files.isEmpty()) {
      throw MaeException.data(
          root
              + ": no images of the "
              + split
              + " split; looked for JPEG, PNG, GIF, BMP, WebP and TIFF files in it and in the folders"
              + " below it");
    }
    int[] labels = new int[classes.isEmpty() ? 0 : files.size()];
    int label = 0;
    for (int i = 0; i < labels.length; i++) {
      while (!className(files.get(i)).equals(classes.get(label))) {
        label++;
      }
      labels[i] = label;
    }
    String name = root.equals(folder) ? location : location + " (" + root.getFileName() + ")";
    int ignored = tree.ignored() + tree.pictures().size() - files.size();
    return new ImageFolderDataset(name, root, files, labels, classes, ignored, decoder);
  }

  /** The folders that pictures lie in, in the order of the pictures. */
  private static List<String> classes(PictureTree tree) {
    return tree.pictures().stream()
        .filter(ImageFolder::isInClass)
        .map(ImageFolder::className)
        .distinct()
        .collect(Collectors.toList());
  }

  private static boolean isInClass(String picture) {
    return picture.indexOf('/') >= 0;
  }

  private static String className(String picture) {
    return picture.substring(0, picture.indexOf('/'));
  }
}
