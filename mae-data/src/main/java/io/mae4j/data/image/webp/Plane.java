package io.mae4j.data.image.webp;

import java.util.Arrays;

/**
 * The samples of one channel in whole macroblocks, with what prediction finds beyond the edges (RFC
 * 6386, section 12.2): 127 above, 129 to the left, and to the right of a row of macroblocks the
 * last sample of its last line.
 */
final class Plane {
  private static final int ABOVE = 127;
  private static final int LEFT = 129;

  /** Samples beyond the right edge that the last 4×4 block may ask for. */
  private static final int RIGHT = 4;

  private final int width;
  private final int stride;
  private final byte[] samples;

  /** Of so many macroblocks with a side in samples. */
  Plane(int blocksWide, int blocksHigh, int side) {
    this.width = blocksWide * side;
    this.stride = 1 + width + RIGHT;
    this.samples = new byte[Math.multiplyExact(stride, blocksHigh * side + 1)];
    for (int at = stride; at < samples.length; at += stride) {
      samples[at] = (byte) LEFT;
    }
    Arrays.fill(samples, 0, stride, (byte) ABOVE);
  }

  byte[] samples() {
    return samples;
  }

  /** The distance of a sample from the one below it. */
  int stride() {
    return stride;
  }

  /** The place of a sample. */
  int at(int x, int y) {
    return (y + 1) * stride + x + 1;
  }

  int sample(int x, int y) {
    return samples[at(x, y)] & 0xff;
  }

  /** Repeats the last sample of a row beyond the right edge. */
  void extend(int y) {
    int end = at(width, y);
    Arrays.fill(samples, end, end + RIGHT, samples[end - 1]);
  }

  static byte clip(int value) {
    return (byte) ((value & ~0xff) == 0 ? value : value < 0 ? 0 : 255);
  }
}
