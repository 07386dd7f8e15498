package io.mae4j.backend.djl;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.Locale;
import java.util.function.Supplier;

/** Turns what the native library throws into the failures of mae4j. */
final class NativeFailure {
  private NativeFailure() {}

  /**
   * Calls the native library.
   *
   * @param what what is being done, to begin the message with
   * @throws MaeException of kind RESOURCE if memory ran out, of kind INTERNAL for any other failure
   */
  static <T> T guard(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (MaeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw translate(what, e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(what, e);
    }
  }

  private static MaeException translate(String what, RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    boolean memory =
        lower.contains("out of memory")
            || lower.contains("not enough memory")
            || lower.contains("can't allocate memory");
    return memory
        ? outOfMemory(what, failure)
        : new MaeException(ErrorKind.INTERNAL, what + " failed in PyTorch: " + message, failure);
  }

  private static MaeException outOfMemory(String what, Throwable failure) {
    return new MaeException(
        ErrorKind.RESOURCE,
        what
            + " ran out of memory: "
            + failure.getMessage()
            + ". Make the batch smaller, or the model.",
        failure);
  }
}
