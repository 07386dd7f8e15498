package io.mae4j.api.data;

import io.mae4j.api.error.MaeException;
import java.util.List;

/**
 * A fixed, ordered collection of images. Safe for several threads at once. Every method that takes
 * an index throws {@link IndexOutOfBoundsException} outside of 0..size−1.
 */
public interface Dataset {

  /** Stands for {@link #label} where there is none. */
  int UNLABELLED = -1;

  /** What it is, for messages and provenance. */
  String name();

  /** How many images there are. */
  int size();

  /** Names an image for people: a path below the folder, or a number. */
  String id(int index);

  /** The class of an image, 0-based, or {@link #UNLABELLED}. */
  int label(int index);

  /** The class names in the order of the labels; empty when unlabelled. */
  List<String> classes();

  /** What it does not use of what lies at its location; people are told before work begins. */
  default LeftOut leftOut() {
    return LeftOut.nothing();
  }

  /**
   * Decodes an image. The caller may do with its samples what it wants.
   *
   * @throws MaeException of kind DATA that names the image if it cannot be read or is damaged
   */
  PixelImage read(int index);
}
