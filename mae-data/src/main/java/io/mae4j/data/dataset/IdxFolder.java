package io.mae4j.data.dataset;

import io.mae4j.api.data.DatasetRequest.Split;
import io.mae4j.api.data.LeftOut;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with IDX files under their usual names, for example {@code train-images-idx3-ubyte.gz}.
 */
record IdxFolder(Path folder) {
  private static final List<String> TRAIN = List.of("train");
  private static final List<String> TEST = List.of("t10k", "test");
  private static final List<String> SUFFIXES = List.of("", ".gz");
  private static final List<String> SEPARATORS = List.of("-", ".");

  /** Whether one of the image files is there. */
  boolean present() {
    return find(TRAIN, "images", 3).isPresent() || find(TEST, "images", 3).isPresent();
  }

  /**
   * Reads a split.
   *
   * @param name what to call it
   * @param split which part
   * @param classNames the names if they are known, otherwise empty: then the labels are named by
   *     their numbers
   * @throws MaeException of kind DATA if a file is missing or damaged
   */
  IdxDataset open(String name, Split split, List<String> classNames) {
    List<String> prefixes = split == Split.TRAIN ? TRAIN : TEST;
    Path images =
        find(prefixes, "images", 3)
            .orElseThrow(
                () ->
                    MaeException.data(
                        name
                            + ": no images of the "
                            + (split == Split.TRAIN ? "training" : "test")
                            + " split in "
                            + folder
                            + "; looked for "
                            + names(prefixes, "images", 3)));
    IdxFile pixels = read(images, 3);
    byte[] labels = labels(prefixes);
    List<String> classes = List.of();
    if (labels.length > 0) {
      classes = classNames.isEmpty() ? numbered(labels, labels(TRAIN)) : classNames;
    }
    return new IdxDataset(name, pixels, labels, classes, leftOut(prefixes));
  }

  /** What lies beside the files of a split. */
  private LeftOut leftOut(List<String> prefixes) {
    Set<Path> used = new HashSet<>();
    find(prefixes, "images", 3).ifPresent(used::add);
    find(prefixes, "labels", 1).ifPresent(used::add);
    LeftOutCounter counter = new LeftOutCounter();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(entry -> !used.contains(entry))
          .forEach(
              entry -> {
                if (Files.isDirectory(entry)) {
                  counter.add("folders beside the IDX files");
                } else if (isKnown(entry)) {
                  counter.add("IDX files of another split or form");
                } else {
                  counter.addFile(entry);
                }
              });
    } catch (IOException | UncheckedIOException e) {
      throw new MaeException(ErrorKind.DATA, folder + ": cannot be listed: " + e, e);
    }
    return counter.leftOut();
  }

  private static boolean isKnown(Path file) {
    String name = file.getFileName().toString();
    return Stream.of(TRAIN, TEST)
        .anyMatch(
            prefixes ->
                names(prefixes, "images", 3).contains(name)
                    || names(prefixes, "labels", 1).contains(name));
  }

  private byte[] labels(List<String> prefixes) {
    return find(prefixes, "labels", 1).map(file -> read(file, 1).values()).orElse(new byte[0]);
  }

  /** Class numbers up to the largest of the training split, so that both splits agree. */
  private static List<String> numbered(byte[] labels, byte[] trainLabels) {
    byte[] deciding = trainLabels.length > 0 ? trainLabels : labels;
    int largest = 0;
    for (byte label : deciding) {
      largest = Math.max(largest, label & 0xff);
    }
    List<String> classes = new ArrayList<>();
    for (int i = 0; i <= largest; i++) {
      classes.add(Integer.toString(i));
    }
    return classes;
  }

  private static IdxFile read(Path file, int axes) {
    try {
      return IdxFile.read(
          file.toString(), Files.size(file), () -> Files.newInputStream(file), axes);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, file + ": cannot be read: " + e, e);
    }
  }

  private Optional<Path> find(List<String> prefixes, String what, int axes) {
    return names(prefixes, what, axes).stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static List<String> names(List<String> prefixes, String what, int axes) {
    return prefixes.stream()
        .flatMap(
            prefix ->
                SEPARATORS.stream()
                    .flatMap(
                        separator ->
                            SUFFIXES.stream()
                                .map(
                                    suffix ->
                                        prefix + "-" + what + separator + "idx" + axes + "-ubyte"
                                            + suffix)))
        .collect(Collectors.toList());
  }
}
