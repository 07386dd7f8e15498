package io.mae4j.core.file;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces a file as a whole: the content goes to a file beside it, is forced to the disk and then
 * renamed, so that whoever looks sees the old file or the new one, and of several that write the
 * same file at once one wins. A process that dies in between leaves the old file, and beside it one
 * that ends in {@code .partial} and is removed when the same file is written again.
 */
public final class AtomicFile {
  private static final String PARTIAL = ".partial";

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it, from the channel's start. */
    void writeTo(FileChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file.
   *
   * @param path where it shall be; its folder must exist
   * @throws MaeException of kind RESOURCE if the disk is full or writing is not allowed
   */
  public static void write(Path path, Content content) {
    Path target = path.toAbsolutePath();
    Path partial = partial(target);
    requireNoFolder(path, target);
    try {
      removeLeftBehind(target);
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(target);
    } catch (IOException e) {
      deleteQuietly(partial, e);
      throw new MaeException(ErrorKind.RESOURCE, "cannot write " + path + ": " + reason(e), e);
    } catch (RuntimeException | Error e) {
      deleteQuietly(partial, e);
      throw e;
    }
  }

  /** Where this thread of this process writes; no other one does at the same time. */
  private static Path partial(Path target) {
    return target.resolveSibling(
        target.getFileName()
            + "."
            + ProcessHandle.current().pid()
            + "-"
            + Thread.currentThread().getId()
            + PARTIAL);
  }

  /** Removes what processes left that died while they wrote this file. */
  private static void removeLeftBehind(Path target) throws IOException {
    Pattern name =
        Pattern.compile(
            Pattern.quote(target.getFileName() + ".")
                + "(\\d{1,18})-\\d+"
                + Pattern.quote(PARTIAL));
    Path folder = target.resolveSibling(".");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher matcher = name.matcher(file.getFileName().toString());
        if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * Refuses a place that cannot be written to, before the content is made with much work. What is
   * there stays as it is.
   *
   * @throws MaeException of kind RESOURCE that says why
   */
  public static void requireWritable(Path path) {
    Path target = path.toAbsolutePath();
    Path partial = partial(target);
    requireNoFolder(path, target);
    try {
      FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      Files.delete(partial);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.RESOURCE, "cannot write " + path + ": " + reason(e), e);
    }
  }

  private static void requireNoFolder(Path path, Path target) {
    if (Files.isDirectory(target)) {
      throw MaeException.resource("cannot write " + path + ": a folder of that name is in the way");
    }
  }

  /**
   * Makes the rename itself durable where the system lets a folder be opened; where it does not,
   * there is nothing to do.
   */
  private static void forceFolder(Path target) {
    try (FileChannel folder =
        FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Windows opens no folders; the file itself is safe on the disk already.
      return;
    }
  }

  private static void deleteQuietly(Path partial, Throwable cause) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "its folder does not exist";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
