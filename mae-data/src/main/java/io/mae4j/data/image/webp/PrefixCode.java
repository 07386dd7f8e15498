package io.mae4j.data.image.webp;

/**
 * A canonical prefix code (RFC 9649, section 3.7.2): a table for the first bits of a code, and for
 * longer ones further tables behind it.
 */
final class PrefixCode {
  static final int LONGEST = 15;
  private static final int FIRST_BITS = 8;
  private static final int LENGTH_BITS = 5;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  private final int firstBits;

  /**
   * Entries are a symbol above its length. An entry of the first table that is longer than its bits
   * is the place of a further table above the bits of the longest code in it.
   */
  private final int[] table;

  private PrefixCode(int firstBits, int[] table) {
    this.firstBits = firstBits;
    this.table = table;
  }

  /**
   * Of the lengths of its codes.
   *
   * @param lengths of each symbol's code, 0 where it has none
   * @throws WebpException if codes are missing or too many; a single symbol needs no code
   */
  static PrefixCode of(int[] lengths) throws WebpException {
    int[] counts = new int[LONGEST + 1];
    int symbols = 0;
    int symbol = 0;
    int longest = 0;
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] > 0) {
        counts[lengths[i]]++;
        symbols++;
        symbol = i;
        longest = Math.max(longest, lengths[i]);
      }
    }
    if (symbols == 1) {
      return new PrefixCode(0, new int[] {symbol << LENGTH_BITS});
    }
    int space = 0;
    int[] next = new int[LONGEST + 2];
    for (int length = 1; length <= LONGEST; length++) {
      space += counts[length] << (LONGEST - length);
      next[length + 1] = (next[length] + counts[length]) << 1;
    }
    if (space != 1 << LONGEST) {
      throw new WebpException("WebP with an impossible prefix code");
    }
    return new PrefixCode(Math.min(FIRST_BITS, longest), fill(lengths, next, longest));
  }

  private static int[] fill(int[] lengths, int[] next, int longest) {
    int firstBits = Math.min(FIRST_BITS, longest);
    int[] codes = new int[lengths.length];
    int[] deepest = new int[1 << firstBits];
    for (int i = 0; i < lengths.length; i++) {
      int length = lengths[i];
      if (length > 0) {
        codes[i] = Integer.reverse(next[length]++) >>> (Integer.SIZE - length);
        if (length > firstBits) {
          int first = codes[i] & (deepest.length - 1);
          deepest[first] = Math.max(deepest[first], length - firstBits);
        }
      }
    }
    int size = deepest.length;
    for (int bits : deepest) {
      size += bits == 0 ? 0 : 1 << bits;
    }
    int[] table = new int[size];
    int place = deepest.length;
    for (int first = 0; first < deepest.length; first++) {
      if (deepest[first] > 0) {
        table[first] = (place << LENGTH_BITS) | (firstBits + deepest[first]);
        place += 1 << deepest[first];
      }
    }
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] > firstBits) {
        int further = table[codes[i] & (deepest.length - 1)];
        int bits = (further & LENGTH_MASK) - firstBits;
        int start = further >> LENGTH_BITS;
        repeat(table, start, bits, codes[i] >> firstBits, lengths[i] - firstBits, i, lengths[i]);
      } else if (lengths[i] > 0) {
        repeat(table, 0, firstBits, codes[i], lengths[i], i, lengths[i]);
      }
    }
    return table;
  }

  /** Enters a symbol wherever the first bits are its code. */
  private static void repeat(
      int[] table, int start, int bits, int code, int codeBits, int symbol, int length) {
    for (int i = code; i < 1 << bits; i += 1 << codeBits) {
      table[start + i] = (symbol << LENGTH_BITS) | length;
    }
  }

  /** The next symbol. */
  int read(BitReader bits) throws WebpException {
    int next = bits.peek(LONGEST);
    int entry = table[next & ((1 << firstBits) - 1)];
    int length = entry & LENGTH_MASK;
    if (length > firstBits) {
      int place = (entry >> LENGTH_BITS) + ((next & ((1 << length) - 1)) >> firstBits);
      entry = table[place];
      length = entry & LENGTH_MASK;
    }
    bits.skip(length);
    return entry >> LENGTH_BITS;
  }
}
