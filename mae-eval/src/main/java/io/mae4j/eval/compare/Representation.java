package io.mae4j.eval.compare;

import io.mae4j.api.data.Batch;

/** A way to turn images into vectors. */
public interface Representation {

  /** What it is, for tables, for example {@code raw pixels}. */
  String name();

  /** How the vectors are made, for example {@code mean of patch tokens}. */
  String detail();

  /** D, the width of a vector. */
  int width();

  /**
   * Turns a batch into vectors.
   *
   * @return B·D values, a row for each image
   */
  float[] encode(Batch batch);
}
