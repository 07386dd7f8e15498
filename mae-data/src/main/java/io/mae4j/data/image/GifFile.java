package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.uint8;

/**
 * The blocks of a GIF file up to the end of its first picture: the platform's reader fills what is
 * missing with nothing.
 */
final class GifFile {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int PICTURE = 0x2c;

  private GifFile() {}

  /**
   * Walks to the end of the first picture.
   *
   * @throws DamagedImageException if the file ends before
   */
  static void check(byte[] file) throws DamagedImageException {
    int at = HEADER;
    at += colours(file, HEADER - 3);
    while (byteAt(file, at) == EXTENSION) {
      at = skipBlocks(file, at + 2);
    }
    if (byteAt(file, at) != PICTURE) {
      throw new DamagedImageException("GIF without a picture");
    }
    at += 10 + colours(file, at + 9);
    skipBlocks(file, at + 1);
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
          "truncated GIF: " + file.length + " bytes end inside a block");
    }
    return uint8(file, at);
  }
}
