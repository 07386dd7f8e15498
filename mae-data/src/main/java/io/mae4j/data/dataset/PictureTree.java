package io.mae4j.data.dataset;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.data.image.ImageDecoder;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * The pictures of a folder, sorted by path. Links are followed; hidden files and folders, loops of
 * links, unreadable folders and files that are no pictures by name are left out and counted.
 */
final class PictureTree {
  private final Path root;
  private final List<String> pictures = new ArrayList<>();
  private int ignored;

  private PictureTree(Path root) {
    this.root = root;
  }

  /**
   * Walks a folder.
   *
   * @throws MaeException of kind DATA if it cannot be listed
   */
  static PictureTree walk(Path root) {
    PictureTree tree = new PictureTree(root);
    try {
      Files.walkFileTree(
          root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, tree.new Visitor());
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, root + ": cannot be listed: " + e, e);
    }
    tree.pictures.sort(PictureTree::compareByFolder);
    return tree;
  }

  /** Their paths below the root, with slashes. */
  List<String> pictures() {
    return pictures;
  }

  /** How many files and folders were left out. */
  int ignored() {
    return ignored;
  }

  /** Character by character, a slash before all others, so that a folder's files stay together. */
  private static int compareByFolder(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        return l == '/' ? -1 : r == '/' ? 1 : Character.compare(l, r);
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private final class Visitor extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!folder.equals(root) && isHidden(folder)) {
        ignored++;
        return FileVisitResult.SKIP_SUBTREE;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      boolean picture =
          attributes.isRegularFile()
              && !isHidden(file)
              && ImageDecoder.isPictureName(file.getFileName().toString());
      if (picture) {
        pictures.add(
            root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/"));
      } else {
        ignored++;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      ignored++;
      return FileVisitResult.CONTINUE;
    }
  }
}
