package io.mae4j.cli.command;

import io.mae4j.api.error.ErrorKind;

/** What a process tells its caller. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** Failed: data, plugins, resources, or a defect. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  /** Stopped by Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  static int of(ErrorKind kind) {
    return kind == ErrorKind.USER ? USAGE : FAILED;
  }
}
