package io.mae4j.data.image.webp;

/** Arithmetic on the four channels of a pixel at once. */
final class Argb {
  static final int OPAQUE = 0xff000000;

  private Argb() {}

  /** Each channel's sum, without carry. */
  static int add(int left, int right) {
    int even = (left & 0xff00ff00) + (right & 0xff00ff00);
    int odd = (left & 0xff00ff) + (right & 0xff00ff);
    return (even & 0xff00ff00) | (odd & 0xff00ff);
  }

  /** Each channel's mean, rounded down. */
  static int mean(int left, int right) {
    return (((left ^ right) >>> 1) & 0x7f7f7f7f) + (left & right);
  }

  /** The one of two pixels that is nearer to left + above − corner. */
  static int nearer(int left, int above, int corner) {
    int toLeft = 0;
    int toAbove = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int at = channel(corner, shift);
      toLeft += Math.abs(channel(above, shift) - at);
      toAbove += Math.abs(channel(left, shift) - at);
    }
    return toLeft < toAbove ? left : above;
  }

  /** Each channel's left + above − corner, brought to 0..255. */
  static int gradient(int left, int above, int corner) {
    int pixel = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int sum = channel(left, shift) + channel(above, shift) - channel(corner, shift);
      pixel |= clip(sum) << shift;
    }
    return pixel;
  }

  /** Each channel's mean, moved away from the corner by half their distance, brought to 0..255. */
  static int halfGradient(int mean, int corner) {
    int pixel = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int from = channel(mean, shift);
      pixel |= clip(from + (from - channel(corner, shift)) / 2) << shift;
    }
    return pixel;
  }

  private static int channel(int pixel, int shift) {
    return (pixel >>> shift) & 0xff;
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
