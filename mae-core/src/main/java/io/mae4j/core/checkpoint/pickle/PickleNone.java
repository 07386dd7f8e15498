package io.mae4j.core.checkpoint.pickle;

/** Python's {@code None}. */
public enum PickleNone {
  /** The only one. */
  NONE
}
