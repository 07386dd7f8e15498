package io.mae4j.api.backend;

/** The arithmetic of a compiled program. */
public enum Precision {
  /** IEEE single precision throughout. */
  FP32
}
