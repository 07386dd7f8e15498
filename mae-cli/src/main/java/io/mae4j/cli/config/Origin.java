package io.mae4j.cli.config;

/**
 * Where a setting comes from.
 *
 * @param prefix what stands before the key in messages, for example {@code train.yaml:7: }
 */
record Origin(String prefix) {

  /** A built-in value. */
  static final Origin DEFAULT = new Origin("");

  /** An option of the command line. */
  static final Origin OPTION = new Origin("--");

  /** An argument of {@code --set}. */
  static final Origin SET = new Origin("--set ");

  /** A line of a file, 1-based. */
  static Origin line(String file, int line) {
    return new Origin(file + ":" + line + ": ");
  }

  /** Something with a name, such as a checkpoint. */
  static Origin named(String name) {
    return new Origin(name + ": ");
  }

  String of(String key) {
    return prefix + key;
  }
}
