package io.mae4j.data.dataset;

import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.data.LeftOut;
import io.mae4j.api.error.MaeException;
import io.mae4j.data.image.ImageDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the pictures of a split. Folders named like splits ({@code train}, {@code training}; {@code
 * val}, {@code validation}, {@code valid}, {@code test}, {@code testing}, in any case) are splits
 * where one of both kinds is there, or no other folder holds pictures; else they are classes like
 * any others, and all pictures are for training.
 *
 * <p>A split whose folders hold pictures has a class for each of them, and pictures beside these
 * are left out. Where there is but one such folder, and pictures beside it, there is nothing to
 * tell apart: all are used, without classes.
 */
final class ImageFolder {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("val", "validation", "valid", "test", "testing");

  private final String location;
  private final Path folder;
  private final ImageDecoder decoder;
  private final PictureTree tree;

  ImageFolder(String location, Path folder, ImageDecoder decoder) {
    this.location = location;
    this.folder = folder;
    this.decoder = decoder;
    this.tree = PictureTree.walk(folder);
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
    if (!hasSplits()) {
      return read("", "training");
    }
    return read(
        named(TRAIN)
            .orElseThrow(
                () ->
                    MaeException.data(
                        location
                            + ": no training split; the folder "
                            + named(TEST).orElse("")
                            + " is there, but "
                            + TRAIN.get(0)
                            + " is not")),
        "training");
  }

  private ImageFolderDataset test() {
    String root =
        named(TEST)
            .filter(name -> hasSplits())
            .orElseThrow(
                () ->
                    MaeException.data(
                        location
                            + ": no test split; looked for the folders "
                            + String.join(", ", TEST)
                            + " beside "
                            + TRAIN.get(0)));
    ImageFolderDataset test = read(root, "test");
    if (!test.classes().isEmpty()) {
      named(TRAIN).ifPresent(train -> checkClasses(classes(below(train)), test.classes()));
    }
    return test;
  }

  private void checkClasses(List<String> trainClasses, List<String> testClasses) {
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

  private boolean hasSplits() {
    Optional<String> train = named(TRAIN);
    Optional<String> test = named(TEST);
    if (train.isPresent() && test.isPresent()) {
      return true;
    }
    boolean otherClasses =
        tree.pictures().stream()
            .filter(ImageFolder::isInFolder)
            .map(ImageFolder::folderOf)
            .anyMatch(name -> !isSplitName(name));
    return !otherClasses && (train.isPresent() || test.isPresent());
  }

  private static boolean isSplitName(String name) {
    return Stream.of(TRAIN, TEST)
        .flatMap(List::stream)
        .anyMatch(split -> split.equalsIgnoreCase(name));
  }

  /** The folder that bears the first of these names, the same case first. */
  private Optional<String> named(List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                tree.folders().contains(name)
                    ? Stream.of(name)
                    : tree.folders().stream().filter(name::equalsIgnoreCase))
        .findFirst();
  }

  /** The pictures of a folder in the location, or of all, by their paths below it. */
  private List<String> below(String root) {
    String prefix = root.isEmpty() ? "" : root + "/";
    return tree.pictures().stream()
        .filter(picture -> picture.startsWith(prefix))
        .map(picture -> picture.substring(prefix.length()))
        .collect(Collectors.toList());
  }

  private ImageFolderDataset read(String root, String split) {
    List<String> all = below(root);
    List<String> classes = classes(all);
    List<String> files =
        classes.isEmpty()
            ? all
            : all.stream().filter(ImageFolder::isInFolder).collect(Collectors.toList());
    Path place = root.isEmpty() ? folder : folder.resolve(root);
    LeftOut leftOut = leftOut(root, all.size() - files.size());
    if (files.isEmpty()) {
      throw MaeException.data(
          place
              + ": no images of the "
              + split
              + " split; looked for JPEG, PNG, GIF, BMP, WebP and TIFF files in it and in the folders"
              + " below it"
              + (leftOut.isNothing() ? "" : "; left out: " + leftOut));
    }
    int[] labels = new int[classes.isEmpty() ? 0 : files.size()];
    int label = 0;
    for (int i = 0; i < labels.length; i++) {
      while (!folderOf(files.get(i)).equals(classes.get(label))) {
        label++;
      }
      labels[i] = label;
    }
    String name = root.isEmpty() ? location : location + " (" + root + ")";
    return new ImageFolderDataset(name, place, files, labels, classes, leftOut, decoder);
  }

  /** What is not used, without what is said when another split is opened. */
  private LeftOut leftOut(String root, int besideClasses) {
    LeftOutCounter counter = new LeftOutCounter();
    tree.countOthers(path -> !isInOtherSplit(path, root), counter);
    LeftOut leftOut = counter.leftOut().and(besideClasses, "pictures beside the class folders");
    if (root.isEmpty()) {
      return leftOut;
    }
    int inSplits = 0;
    int beside = 0;
    for (String picture : tree.pictures()) {
      if (isInOtherSplit(picture, root)) {
        inSplits++;
      } else if (!picture.startsWith(root + "/")) {
        beside++;
      }
    }
    return leftOut
        .and(beside, "pictures beside the split folders")
        .and(inSplits, "pictures of other splits");
  }

  private static boolean isInOtherSplit(String path, String root) {
    return !root.isEmpty()
        && isInFolder(path)
        && isSplitName(folderOf(path))
        && !folderOf(path).equals(root);
  }

  /**
   * The folders that pictures lie in, in the order of the pictures; none where there is but one,
   * and pictures beside it.
   */
  private static List<String> classes(List<String> pictures) {
    List<String> folders =
        pictures.stream()
            .filter(ImageFolder::isInFolder)
            .map(ImageFolder::folderOf)
            .distinct()
            .collect(Collectors.toList());
    boolean loose = pictures.stream().anyMatch(picture -> !isInFolder(picture));
    return folders.size() == 1 && loose ? List.of() : folders;
  }

  private static boolean isInFolder(String picture) {
    return picture.indexOf('/') >= 0;
  }

  private static String folderOf(String picture) {
    return picture.substring(0, picture.indexOf('/'));
  }
}
