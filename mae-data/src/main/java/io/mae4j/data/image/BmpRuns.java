package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.uint8;

/** Counts the pixels that the runs of a BMP file come to, without drawing them. */
final class BmpRuns {
  private static final int END_OF_LINE = 0;
  private static final int END_OF_PICTURE = 1;
  private static final int JUMP = 2;
  private static final int FOUR_BITS = 2;

  private BmpRuns() {}

  /**
   * How many pixels there are up to where the last run ends; those that a jump leaves out count.
   *
   * @param from the first byte of the runs
   * @param to one more than the last; the file has as many
   * @param width pixels of a row
   * @param compression 1 for pixels of eight bits, 2 of four
   */
  static long count(byte[] file, int from, int to, long width, int compression) {
    long x = 0;
    long y = 0;
    int at = from;
    while (at + 2 <= to) {
      int run = uint8(file, at);
      int second = uint8(file, at + 1);
      at += 2;
      if (run > 0) {
        x = Math.min(width, x + run);
      } else if (second == END_OF_LINE) {
        x = 0;
        y++;
      } else if (second == END_OF_PICTURE) {
        break;
      } else if (second == JUMP) {
        if (at + 2 > to) {
          break;
        }
        x = Math.min(width, x + uint8(file, at));
        y += uint8(file, at + 1);
        at += 2;
      } else {
        // Literal pixels fill up to an even number of bytes.
        int bytes = compression == FOUR_BITS ? (second + 1) / 2 : second;
        at += bytes + (bytes & 1);
        if (at > to) {
          break;
        }
        x = Math.min(width, x + second);
      }
    }
    return y * width + x;
  }
}
