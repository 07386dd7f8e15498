package io.mae4j.cli.config;

/**
 * What training images are cut to: the rows of He et al. 2021, table 1e, that change no colours.
 */
public enum CropKind {
  /** The centre, as for evaluation. */
  NONE,
  /** A window of the model's size somewhere in the image, which is first made slightly larger. */
  FIXED,
  /** A window of random size and aspect ratio: the published recipe. */
  RANDOM
}
