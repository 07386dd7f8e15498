package io.mae4j.data.image.webp;

/** An encoded picture whose size is known. */
interface Bitstream {

  /** In pixels. */
  int width();

  /** In pixels. */
  int height();

  /**
   * The samples in the order row, column, red-green-blue.
   *
   * @throws WebpException if it ends too early or contradicts itself
   */
  byte[] decode() throws WebpException;
}
