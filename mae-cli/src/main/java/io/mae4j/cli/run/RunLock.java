package io.mae4j.cli.run;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder for one run, until this is closed or the process ends, however it ends: the lock
 * is the system's, on a file {@value #NAME} that stays in the folder and says who kept it last.
 * Where a file system has no locks, only runs of this process are kept out.
 */
public final class RunLock implements AutoCloseable {
  /** The file's name. */
  static final String NAME = ".lock";

  /** Far behind the text, which can be read even where locked bytes cannot. */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private static final int MOST_TEXT = 100;

  /**
   * The folders that this process keeps. A lock of the system belongs to the process and ends as
   * soon as any part of it closes the file, so nobody here may open the file of a folder that is
   * kept here.
   */
  private static final Set<Path> KEPT = ConcurrentHashMap.newKeySet();

  private @Nullable Path kept;
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
    if (kept != null) {
      throw MaeException.internal("a lock of " + kept + " was to take " + folder + " too");
    }
    try {
      Path real = folder.toRealPath();
      if (!KEPT.add(real)) {
        throw refused(folder, "process " + ProcessHandle.current().pid());
      }
      kept = real;
      lock(folder);
    } catch (IOException e) {
      close();
      String reason = e instanceof AccessDeniedException ? "permission denied" : e.toString();
      throw new MaeException(
          ErrorKind.RESOURCE, "cannot write to the folder " + folder + ": " + reason, e);
    }
  }

  private void lock(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    FileChannel opened =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel = opened;
    if (!lock(opened)) {
      close();
      throw refused(folder, holder(file));
    }
    String text = "process " + ProcessHandle.current().pid() + "\n";
    opened.truncate(0);
    opened.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock(PLACE, 1, false) != null;
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  private static MaeException refused(Path folder, String holder) {
    return MaeException.user(
        folder
            + " is being written to by another run ("
            + holder
            + "); wait until it has ended, or take another folder");
  }

  private static String holder(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      String text = new String(input.readNBytes(MOST_TEXT), StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "an unknown process" : text;
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      return; // the lock ends with the process at the latest
    } finally {
      channel = null;
      if (kept != null) {
        KEPT.remove(kept);
        kept = null;
      }
    }
  }
}
