package io.mae4j.data.image.webp;

/** Reads prefix codes, which are compressed themselves (RFC 9649, section 3.7.2.1). */
final class PrefixCodeReader {
  private static final int[] ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };
  private static final int REPEAT = 16;
  private static final int ZEROS = 17;
  private static final int USUAL_LENGTH = 8;

  private PrefixCodeReader() {}

  /** Reads a code for so many symbols. */
  static PrefixCode read(BitReader bits, int symbols) throws WebpException {
    return PrefixCode.of(bits.flag() ? simple(bits, symbols) : lengths(bits, symbols));
  }

  private static int[] simple(BitReader bits, int symbols) throws WebpException {
    boolean two = bits.flag();
    int[] lengths = new int[symbols];
    lengths[symbol(bits.read(bits.flag() ? Byte.SIZE : 1), symbols)] = 1;
    if (two) {
      lengths[symbol(bits.read(Byte.SIZE), symbols)] = 1;
    }
    return lengths;
  }

  private static int symbol(int symbol, int symbols) throws WebpException {
    if (symbol >= symbols) {
      throw new WebpException("WebP with symbol " + symbol + " of " + symbols);
    }
    return symbol;
  }

  private static int[] lengths(BitReader bits, int symbols) throws WebpException {
    int[] ofLengths = new int[ORDER.length];
    int given = 4 + bits.read(4);
    for (int i = 0; i < given; i++) {
      ofLengths[ORDER[i]] = bits.read(3);
    }
    int left = symbols;
    if (bits.flag()) {
      left = 2 + bits.read(2 + 2 * bits.read(3));
      if (left > symbols) {
        throw new WebpException("WebP with " + left + " code lengths for " + symbols + " symbols");
      }
    }
    PrefixCode code = PrefixCode.of(ofLengths);
    int[] lengths = new int[symbols];
    int previous = USUAL_LENGTH;
    for (int i = 0; i < symbols && left > 0; left--) {
      int length = code.read(bits);
      if (length < REPEAT) {
        lengths[i++] = length;
        previous = length == 0 ? previous : length;
        continue;
      }
      int count =
          length == REPEAT
              ? 3 + bits.read(2)
              : length == ZEROS ? 3 + bits.read(3) : 11 + bits.read(7);
      if (i + count > symbols) {
        throw new WebpException("WebP with more code lengths than symbols");
      }
      for (int end = i + count; i < end; i++) {
        lengths[i] = length == REPEAT ? previous : 0;
      }
    }
    return lengths;
  }
}
