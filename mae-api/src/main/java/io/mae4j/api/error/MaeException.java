package io.mae4j.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Every failure that mae4j reports. The message says what happened, where (file, tensor,
 * configuration key) and what to do; the {@link #kind() kind} says who can do it.
 */
public final class MaeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  /** Makes a failure of a kind with a message a person can act on. */
  public MaeException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  /** Makes a failure caused by another one. */
  public MaeException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** A wrong request. */
  public static MaeException user(String message) {
    return new MaeException(ErrorKind.USER, message);
  }

  /** A missing or damaged file. */
  public static MaeException data(String message) {
    return new MaeException(ErrorKind.DATA, message);
  }

  /** A broken plugin. */
  public static MaeException plugin(String message) {
    return new MaeException(ErrorKind.PLUGIN, message);
  }

  /** Something ran out. */
  public static MaeException resource(String message) {
    return new MaeException(ErrorKind.RESOURCE, message);
  }

  /** A defect of mae4j. */
  public static MaeException internal(String message) {
    return new MaeException(ErrorKind.INTERNAL, message);
  }

  /**
   * The innermost cause of a failure, which says what went wrong at first: those around it often
   * only say that something did.
   */
  public static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Who can do something about it. */
  public ErrorKind kind() {
    return kind;
  }
}
