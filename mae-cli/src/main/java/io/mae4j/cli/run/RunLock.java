package io.mae4j.cli.run;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder for one run, until this is closed or the process ends, however it ends: the lock
 * is the system's, on a file {@value #NAME} whose text is for people. Where a file system has no
 * locks, nobody is kept out.
 */
public final class RunLock implements AutoCloseable {
  /** The file's name; it is there while the folder is kept. */
  static final String NAME = ".lock";

  private static final int MOST_TRIES = 100;

  /** Far behind the text, which can be read even where locked bytes cannot. */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private @Nullable Path file;
  private @Nullable FileChannel channel;

  /** Keeps nothing yet. */
  public RunLock() {}

  /**
   * Keeps a folder.
   *
   * @param folder where it is; it must exist
   * @throws MaeException of kind USER if another run keeps it, of kind RESOURCE if it cannot be
   *     written to
   */
  public void take(Path folder) {
    if (channel != null) {
      throw MaeException.internal("a lock of " + file + " was to take " + folder + " too");
    }
    Path wanted = folder.resolve(NAME);
    try {
      for (int tries = 0; tries < MOST_TRIES; tries++) {
        FileChannel opened =
            FileChannel.open(wanted, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!lock(opened)) {
          opened.close();
          throw MaeException.user(
              folder
                  + " is being written to by another run ("
                  + holder(wanted)
                  + "); wait until it has ended, or take another folder");
        }
        if (isStillThere(wanted, opened)) {
          file = wanted;
          channel = opened;
          return;
        }
        opened.close(); // whoever kept it has just removed the file that was locked
      }
    } catch (IOException e) {
      String reason = e instanceof AccessDeniedException ? "permission denied" : e.toString();
      throw new MaeException(
          ErrorKind.RESOURCE, "cannot write to the folder " + folder + ": " + reason, e);
    }
    throw MaeException.resource(folder + " is taken and left by others all the time");
  }

  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock(PLACE, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false; // another run of this process
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  /** Writes who keeps the folder and looks whether that is what others will see. */
  private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
    String text = "process " + ProcessHandle.current().pid() + ", " + System.nanoTime() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return Files.readString(file).equals(text);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String holder(Path file) {
    try {
      String text = Files.readString(file);
      return text.isEmpty() ? "an unknown process" : text.split(",", 2)[0];
    } catch (IOException e) {
      return "an unknown process";
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try (FileChannel closing = channel) {
      if (closing != null && file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return; // the lock ends with the process at the latest; the file alone keeps nobody out
    } finally {
      channel = null;
      file = null;
    }
  }
}
