package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.uint16Little;
import static io.mae4j.data.image.Bytes.uint8;

/**
 * The blocks of a GIF file up to its trailer: the platform's reader fills what is missing with
 * nothing.
 */
final class GifFile {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;

  private GifFile() {}

  /**
   * Walks to the trailer. Where anything but a block follows the first picture, the walk ends
   * there: some writers leave bytes behind.
   *
   * @throws DamagedImageException if the file ends before, or the first picture has too few pixels
   */
  static void check(byte[] file) throws DamagedImageException {
    int at = HEADER + colours(file, HEADER - 3);
    boolean picture = false;
    while (true) {
      int block = byteAt(file, at);
      if (block == EXTENSION) {
        at = skipBlocks(file, at + 2);
      } else if (block == PICTURE) {
        int data = at + 10 + colours(file, at + 9);
        int end = skipBlocks(file, data + 1);
        if (!picture) {
          checkPixels(file, at, data);
        }
        picture = true;
        at = end;
      } else {
        break;
      }
    }
    if (!picture) {
      throw new DamagedImageException("GIF without a picture");
    }
  }

  private static void checkPixels(byte[] file, int picture, int data) throws DamagedImageException {
    long expected = (long) uint16Little(file, picture + 5) * uint16Little(file, picture + 7);
    long found = GifPixels.count(file, data);
    if (found < expected) {
      throw new DamagedImageException("GIF with " + found + " of " + expected + " pixels");
    }
  }

  /** The bytes of the colour table that a flag byte announces. */
  private static int colours(byte[] file, int at) throws DamagedImageException {
    int flags = byteAt(file, at);
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static int skipBlocks(byte[] file, int start) throws DamagedImageException {
    int at = start;
    while (byteAt(file, at) != 0) {
      at += 1 + byteAt(file, at);
    }
    return at + 1;
  }

  private static int byteAt(byte[] file, int at) throws DamagedImageException {
    if (at >= file.length) {
      throw new DamagedImageException(
          "truncated GIF: " + file.length + " bytes end without a trailer");
    }
    return uint8(file, at);
  }
}
