package io.mae4j.data.image.webp;

/**
 * The arithmetic decoder of VP8 (RFC 6386, section 7). It never invents bytes: reading behind the
 * end is a failure.
 */
final class BooleanReader {
  private static final int EVEN_ODDS = 128;

  private final Chunk data;
  private int at;
  private int range = 255;

  /** The next bits, {@link #spare} more than the eight that decide the next value. */
  private int value;

  private int spare = -Byte.SIZE;

  BooleanReader(Chunk data) {
    this.data = data;
    this.at = data.from();
  }

  /**
   * A value.
   *
   * @param probability of 0, in parts of 256
   */
  boolean read(int probability) throws WebpException {
    if (spare < 0) {
      load();
    }
    int split = 1 + (((range - 1) * probability) >> 8);
    int scaled = split << spare;
    boolean one = value >= scaled;
    if (one) {
      range -= split;
      value -= scaled;
    } else {
      range = split;
    }
    int shift = Integer.numberOfLeadingZeros(range) - 24;
    range <<= shift;
    spare -= shift;
    return one;
  }

  /** 0 or 1. */
  int bit(int probability) throws WebpException {
    return read(probability) ? 1 : 0;
  }

  /** A flag of even odds. */
  boolean flag() throws WebpException {
    return read(EVEN_ODDS);
  }

  /** A number of so many bits, the highest first. */
  int number(int bits) throws WebpException {
    int number = 0;
    for (int i = 0; i < bits; i++) {
      number = 2 * number + bit(EVEN_ODDS);
    }
    return number;
  }

  /** A number of so many bits, then its sign. */
  int signed(int bits) throws WebpException {
    int number = number(bits);
    return flag() ? -number : number;
  }

  /** A signed number behind a flag that says that there is one, else 0. */
  int optional(int bits) throws WebpException {
    return flag() ? signed(bits) : 0;
  }

  private void load() throws WebpException {
    if (at >= data.to()) {
      throw new WebpException("truncated WebP: the lossy picture ends too early");
    }
    value = (value << Byte.SIZE) | (data.file()[at++] & 0xff);
    spare += Byte.SIZE;
  }
}
