package io.mae4j.cli.plugin;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;

/** What is said of providers that fail. */
final class Failures {
  private Failures() {}

  /** A provider that cannot be made. */
  static MaeException unusable(String type, String jar, Throwable e) {
    return new MaeException(
        ErrorKind.PLUGIN,
        "the provider "
            + type
            + " in "
            + jar
            + " cannot be used: "
            + reason(e)
            + "; remove or replace that jar",
        e);
  }

  /** A provider that fails when it is asked for something. */
  static MaeException inMethod(String origin, String method, String reason, Throwable e) {
    return new MaeException(
        ErrorKind.PLUGIN,
        "the provider "
            + origin
            + " failed in "
            + method
            + "(): "
            + reason
            + "; remove or replace that jar",
        e);
  }

  /** The innermost cause, which says what is missing or what the plugin itself complained of. */
  static String reason(Throwable e) {
    Throwable inner = MaeException.rootOf(e);
    String text =
        inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    return inner instanceof NoClassDefFoundError || inner instanceof ClassNotFoundException
        ? "the class " + text.replace('/', '.') + " is missing"
        : text;
  }
}
