package io.mae4j.api.error;

/** Who can do something about a failure. */
public enum ErrorKind {
  /** The request was wrong: an option, a configuration key, a shape. The caller can change it. */
  USER,
  /** A file or an image is missing, damaged or of another form than promised. */
  DATA,
  /** A plugin is broken, missing or in conflict with another one. */
  PLUGIN,
  /** Memory, disk, permission or device ran out or was refused. */
  RESOURCE,
  /** A defect of mae4j itself. */
  INTERNAL
}
