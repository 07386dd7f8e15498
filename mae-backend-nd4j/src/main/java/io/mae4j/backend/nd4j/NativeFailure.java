package io.mae4j.backend.nd4j;

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
    } catch (OutOfMemoryError e) {
      throw outOfMemory(what, e);
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      String lower = message.toLowerCase(Locale.ROOT);
      if (lower.contains("out of memory")
          || lower.contains("failed to allocate")
          || lower.contains("allocation failed")) {
        throw outOfMemory(what, e);
      }
      throw new MaeException(ErrorKind.INTERNAL, what + " failed in ND4J: " + message, e);
    }
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
