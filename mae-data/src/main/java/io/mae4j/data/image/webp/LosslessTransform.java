package io.mae4j.data.image.webp;

/** A change that made a lossless picture smaller, to be undone (RFC 9649, section 3.6). */
interface LosslessTransform {

  /**
   * Undoes the change.
   *
   * @param pixels of a picture as it was stored
   * @return those of the picture before; may be the same array
   */
  int[] undo(int[] pixels);
}
