package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.uint8;

/**
 * Counts the pixels of a GIF picture without drawing them: the lengths that its LZW codes stand for
 * (GIF 89a, appendix F). The platform's reader does not say when there are too few.
 */
final class GifPixels {
  private static final int MAX_BITS = 12;

  private final byte[] file;
  private int position;
  private int leftInBlock;
  private int bits;
  private int bitCount;

  private GifPixels(byte[] file, int position) {
    this.file = file;
    this.position = position;
  }

  /**
   * How many pixels the blocks hold; counting stops where they end or make no sense.
   *
   * @param file the file, which holds all the blocks
   * @param start where the smallest code size stands, before the first block
   */
  static long count(byte[] file, int start) {
    int minBits = uint8(file, start);
    return minBits < 1 || minBits >= MAX_BITS ? 0 : new GifPixels(file, start + 1).count(minBits);
  }

  private long count(int minBits) {
    int clear = 1 << minBits;
    int[] lengths = new int[1 << MAX_BITS];
    for (int i = 0; i < clear; i++) {
      lengths[i] = 1;
    }
    int size = minBits + 1;
    int next = clear + 2;
    int previous = -1;
    long pixels = 0;
    while (true) {
      int code = code(size);
      if (code == clear) {
        size = minBits + 1;
        next = clear + 2;
        previous = -1;
        continue;
      }
      boolean known = code < next && code != clear + 1;
      boolean repetition = code == next && previous >= 0;
      if (code < 0 || !(known || repetition)) {
        return pixels;
      }
      if (previous >= 0 && next < lengths.length) {
        lengths[next++] = lengths[previous] + 1;
        if (next == 1 << size && size < MAX_BITS) {
          size++;
        }
      }
      pixels += lengths[code];
      previous = code;
    }
  }

  /** The next code, −1 behind the last block. */
  private int code(int size) {
    while (bitCount < size) {
      if (leftInBlock == 0) {
        leftInBlock = uint8(file, position++);
        if (leftInBlock == 0) {
          return -1;
        }
      }
      bits |= uint8(file, position++) << bitCount;
      bitCount += Byte.SIZE;
      leftInBlock--;
    }
    int code = bits & ((1 << size) - 1);
    bits >>>= size;
    bitCount -= size;
    return code;
  }
}
