package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.uint16Little;
import static io.mae4j.data.image.Bytes.uint8;

import io.mae4j.api.data.PixelImage;

/**
 * The blocks of a GIF file up to its trailer: the platform's reader fills what is missing with
 * nothing, and takes the first picture without the screen that it lies on.
 */
final class GifFile {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xf9;
  private static final int PICTURE = 0x2c;

  private final byte[] file;

  /** Where the first picture's descriptor begins; −1 before it was found. */
  private int picture = -1;

  /** The colour that stands for nothing in the first picture; the first one if none does. */
  private int transparent;

  private GifFile(byte[] file) {
    this.file = file;
  }

  /**
   * Walks to the trailer. Where anything but a block follows the first picture, the walk ends
   * there: some writers leave bytes behind.
   *
   * @throws DamagedImageException if the file ends before, or the first picture has too few pixels
   */
  static GifFile parse(byte[] file) throws DamagedImageException {
    GifFile gif = new GifFile(file);
    gif.walk();
    return gif;
  }

  /** Of the screen, widened where the picture reaches beyond it, in pixels. */
  int width() {
    return Math.max(uint16Little(file, 6), uint16Little(file, picture + 1) + pictureWidth());
  }

  /** Likewise. */
  int height() {
    return Math.max(uint16Little(file, 8), uint16Little(file, picture + 3) + pictureHeight());
  }

  /**
   * Puts the decoded first picture on its screen, which shows the picture's transparent colour
   * around it, or the first of its colours.
   */
  PixelImage onScreen(PixelImage decoded) throws DamagedImageException {
    if (decoded.height() != pictureHeight() || decoded.width() != pictureWidth()) {
      throw new DamagedImageException("GIF decoded to another size than its descriptor says");
    }
    int width = width();
    int height = height();
    int channels = decoded.channels();
    if (decoded.height() == height && decoded.width() == width) {
      return decoded;
    }
    byte[] samples = new byte[Math.multiplyExact(height * channels, width)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = background(i % channels);
    }
    int row = decoded.width() * channels;
    for (int y = 0; y < decoded.height(); y++) {
      int to = (uint16Little(file, picture + 3) + y) * width + uint16Little(file, picture + 1);
      System.arraycopy(decoded.samples(), y * row, samples, to * channels, row);
    }
    return new PixelImage(height, width, channels, samples);
  }

  private byte background(int channel) {
    boolean own = (uint8(file, picture + 9) & 0x80) != 0;
    boolean shared = (uint8(file, HEADER - 3) & 0x80) != 0;
    if (!own && !shared) {
      return (byte) transparent;
    }
    int at = (own ? picture + 10 : HEADER) + 3 * transparent + channel;
    return at < file.length ? file[at] : 0;
  }

  private int pictureWidth() {
    return uint16Little(file, picture + 5);
  }

  private int pictureHeight() {
    return uint16Little(file, picture + 7);
  }

  private void walk() throws DamagedImageException {
    int at = HEADER + colours(HEADER - 3);
    while (true) {
      int block = byteAt(at);
      if (block == EXTENSION) {
        int end = skipBlocks(at + 2);
        if (picture < 0 && byteAt(at + 1) == GRAPHIC_CONTROL && byteAt(at + 2) == 4) {
          transparent = (uint8(file, at + 3) & 1) == 1 ? uint8(file, at + 6) : 0;
        }
        at = end;
      } else if (block == PICTURE) {
        int data = at + 10 + colours(at + 9);
        int end = skipBlocks(data + 1);
        if (picture < 0) {
          picture = at;
          checkPixels(data);
        }
        at = end;
      } else {
        break;
      }
    }
    if (picture < 0) {
      throw new DamagedImageException("GIF without a picture");
    }
  }

  private void checkPixels(int data) throws DamagedImageException {
    long expected = (long) pictureWidth() * pictureHeight();
    long found = GifPixels.count(file, data);
    if (found < expected) {
      throw new DamagedImageException("GIF with " + found + " of " + expected + " pixels");
    }
  }

  /** The bytes of the colour table that a flag byte announces. */
  private int colours(int at) throws DamagedImageException {
    int flags = byteAt(at);
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private int skipBlocks(int start) throws DamagedImageException {
    int at = start;
    while (byteAt(at) != 0) {
      at += 1 + byteAt(at);
    }
    return at + 1;
  }

  private int byteAt(int at) throws DamagedImageException {
    if (at >= file.length) {
      throw new DamagedImageException(
          "truncated GIF: " + file.length + " bytes end without a trailer");
    }
    return uint8(file, at);
  }
}
