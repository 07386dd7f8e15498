package io.mae4j.api.backend;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The native library that an engine computes with, of which a process has one: its numbers of
 * threads and its caches are shared by whatever uses it. So its calls take turns. The calling
 * thread has the library to itself until the call returns; other threads wait, and get it in the
 * order in which they came. A call inside a call of the same thread goes ahead. A call sets the
 * numbers of threads that it wants itself: it cannot know who called before.
 *
 * <p>It also turns what a call throws into the failures of mae4j. Memory ran out if the failure or
 * one of its causes
 *
 * <ul>
 *   <li>is an {@link OutOfMemoryError}, or
 *   <li>says {@code std::bad_alloc} or one of the library's own signs, or was thrown by a method of
 *       such a name. Signs are names of allocators, exceptions and status codes, which a library
 *       writes alike in every language; what the operating system says of an error is translated,
 *       and no sign.
 * </ul>
 *
 * Each engine makes one of these and keeps it as long as the process lives.
 */
public final class NativeLibrary {
  private static final String BAD_ALLOC = "std::bad_alloc";

  private final String name;
  private final Set<String> signs;
  private final ReentrantLock turn = new ReentrantLock(true);

  /**
   * Makes the one of a process.
   *
   * @param name of the library, for messages
   * @param signs what its failures of allocation say, or {@code Class.method} that throws them
   */
  public NativeLibrary(String name, Set<String> signs) {
    this.name = name;
    this.signs = Set.copyOf(signs);
  }

  /**
   * Calls the library when it is this thread's turn.
   *
   * @param what what is being done, to begin a message with
   * @return what the call returns
   * @throws MaeException of kind RESOURCE if memory ran out, of kind INTERNAL for any other
   *     failure; the call's own failures of mae4j as they are
   */
  public <T> T call(String what, Supplier<T> call) {
    turn.lock();
    try {
      return call.get();
    } catch (MaeException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw failure(what, e);
    } finally {
      turn.unlock();
    }
  }

  /** Calls the library for no result, see {@link #call(String, Supplier)}. */
  public void run(String what, Runnable call) {
    call(
        what,
        () -> {
          call.run();
          return true;
        });
  }

  /** Whether a failure of a call means that memory ran out. */
  public boolean ranOutOfMemory(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError || tells(cause)) {
        return true;
      }
    }
    return false;
  }

  private boolean tells(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    String origin = origin(failure);
    return message.contains(BAD_ALLOC)
        || signs.stream().anyMatch(sign -> message.contains(sign) || origin.equals(sign));
  }

  /** The method that threw, as {@code Class.method} without the package. */
  private static String origin(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    if (trace.length == 0) {
      return "";
    }
    String type = trace[0].getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + trace[0].getMethodName();
  }

  private MaeException failure(String what, Throwable failure) {
    if (ranOutOfMemory(failure)) {
      return new MaeException(
          ErrorKind.RESOURCE,
          what
              + " ran out of memory: "
              + lastLine(MaeException.rootOf(failure))
              + ". Make the batch smaller, or the model, or give the process more memory.",
          failure);
    }
    return new MaeException(
        ErrorKind.INTERNAL, what + " failed in " + name + ": " + failure.getMessage(), failure);
  }

  /** What is left when the lines that say where in a program it happened are left out. */
  private static String lastLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    return message.substring(message.lastIndexOf('\n') + 1);
  }
}
