package io.mae4j.data.dataset;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.data.image.ImageDecoder;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The pictures of a folder, sorted by path. Links are followed; hidden files and folders, loops of
 * links, unreadable folders and files that are no pictures by name are left out.
 */
final class PictureTree {

  /**
   * Something that is no picture.
   *
   * @param path below the root, with slashes
   * @param reason why it is left out; empty for a file that is none by its name
   */
  private record Other(String path, String reason) {}

  private final Path root;
  private final List<String> pictures = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();
  private final SortedSet<String> folders = new TreeSet<>();

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

  /** The names of the folders in the root, whatever they hold. */
  SortedSet<String> folders() {
    return folders;
  }

  /** Counts what is no picture, of the paths that are asked for. */
  void countOthers(Predicate<String> paths, LeftOutCounter counter) {
    for (Other other : others) {
      if (paths.test(other.path())) {
        if (other.reason().isEmpty()) {
          counter.addFile(Path.of(other.path()));
        } else {
          counter.add(other.reason());
        }
      }
    }
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

  private String below(Path path) {
    return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private void leaveOut(Path path, String reason) {
    others.add(new Other(below(path), reason));
  }

  private final class Visitor extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      if (LeftOutCounter.isHidden(folder)) {
        leaveOut(folder, "hidden");
        return FileVisitResult.SKIP_SUBTREE;
      }
      if (root.equals(folder.getParent())) {
        folders.add(below(folder));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!attributes.isRegularFile() && !LeftOutCounter.isHidden(file)) {
        leaveOut(file, attributes.isSymbolicLink() ? "broken links" : "special files");
      } else if (!LeftOutCounter.isHidden(file)
          && ImageDecoder.isPictureName(file.getFileName().toString())) {
        pictures.add(below(file));
      } else {
        leaveOut(file, "");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      leaveOut(
          file,
          failure instanceof FileSystemLoopException ? "loops of links" : "unreadable folders");
      return FileVisitResult.CONTINUE;
    }
  }
}
