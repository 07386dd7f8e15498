package io.mae4j.api.data;

/**
 * What to open.
 *
 * @param location a name such as {@code sample}, or a path
 * @param split which part
 */
public record DatasetRequest(String location, Split split) {

  /** The parts of a data set. */
  public enum Split {
    /** What a model learns from. */
    TRAIN,
    /** What it is measured on. */
    TEST
  }
}
