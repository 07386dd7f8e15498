package io.mae4j.core.model;

/** How the tokens of an image become one vector. */
public enum Pool {
  /** The class token. */
  CLS,
  /** The mean of the patch tokens. */
  MEAN
}
