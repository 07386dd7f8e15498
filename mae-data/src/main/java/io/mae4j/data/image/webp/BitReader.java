package io.mae4j.data.image.webp;

/**
 * Bits from the lowest of a byte to the highest (RFC 9649, section 3.2). It never invents bits:
 * taking one behind the end is a failure.
 */
final class BitReader {
  private final Chunk data;
  private int at;
  private long window;
  private int count;

  BitReader(Chunk data) {
    this.data = data;
    this.at = data.from();
  }

  /** A number of 0 to 32 bits. */
  int read(int bits) throws WebpException {
    int number = peek(bits);
    skip(bits);
    return number;
  }

  /** A single bit. */
  boolean flag() throws WebpException {
    return read(1) == 1;
  }

  /** The next bits, which stay; zeros where there are none. */
  int peek(int bits) {
    if (count < bits) {
      fill();
    }
    return (int) (window & ((1L << bits) - 1));
  }

  /** Leaves out bits that were peeked at. */
  void skip(int bits) throws WebpException {
    if (bits > count) {
      throw new WebpException("truncated WebP: the lossless picture ends too early");
    }
    window >>>= bits;
    count -= bits;
  }

  private void fill() {
    while (count <= Long.SIZE - 2 * Byte.SIZE && at < data.to()) {
      window |= (data.file()[at++] & 0xffL) << count;
      count += Byte.SIZE;
    }
  }
}
