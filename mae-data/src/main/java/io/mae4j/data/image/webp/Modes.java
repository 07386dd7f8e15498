package io.mae4j.data.image.webp;

import java.util.Arrays;

/**
 * How the macroblocks of a frame are predicted, read one after the other (RFC 6386, sections 10 and
 * 11).
 */
final class Modes {
  // Of a macroblock; the first four are also those of its chroma.
  static final int DC = 0;
  static final int VERTICAL = 1;
  static final int HORIZONTAL = 2;
  static final int TRUE_MOTION = 3;
  static final int IN_BLOCKS = 4;

  // Of a 4×4 block.
  static final int BLOCK_DC = 0;
  static final int BLOCK_TRUE_MOTION = 1;
  static final int BLOCK_VERTICAL = 2;
  static final int BLOCK_HORIZONTAL = 3;
  static final int LEFT_DOWN = 4;
  static final int RIGHT_DOWN = 5;
  static final int VERTICAL_RIGHT = 6;
  static final int VERTICAL_LEFT = 7;
  static final int HORIZONTAL_DOWN = 8;
  static final int HORIZONTAL_UP = 9;

  /** What a macroblock's mode is to the blocks of its neighbours. */
  private static final int[] AS_BLOCK = {
    BLOCK_DC, BLOCK_VERTICAL, BLOCK_HORIZONTAL, BLOCK_TRUE_MOTION
  };

  /** The tree of block modes: places of the next pair, or one's complement of a mode. */
  private static final int[] BLOCK_TREE = {
    ~BLOCK_DC,
    2,
    ~BLOCK_TRUE_MOTION,
    4,
    ~BLOCK_VERTICAL,
    6,
    8,
    12,
    ~BLOCK_HORIZONTAL,
    10,
    ~RIGHT_DOWN,
    ~VERTICAL_RIGHT,
    ~LEFT_DOWN,
    14,
    ~VERTICAL_LEFT,
    16,
    ~HORIZONTAL_DOWN,
    ~HORIZONTAL_UP
  };

  private final BooleanReader bits;
  private final FrameHeader header;
  private final int[] above;
  private final int[] left = new int[4];

  /** The segment of the macroblock. */
  private int segment;

  private boolean skipped;
  private int luma;
  private int chroma;

  /** The modes of its 4×4 blocks, row by row. */
  private final int[] blocks = new int[16];

  Modes(BooleanReader bits, FrameHeader header, int macroblocksWide) {
    this.bits = bits;
    this.header = header;
    this.above = new int[4 * macroblocksWide];
  }

  /** Begins a row of macroblocks. */
  void beginRow() {
    Arrays.fill(left, BLOCK_DC);
  }

  /** Reads those of the next macroblock. */
  void read(int column) throws WebpException {
    int[] probabilities = header.segmentProbabilities();
    if (probabilities.length > 0) {
      segment =
          bits.read(probabilities[0]) ? 2 + bits.bit(probabilities[2]) : bits.bit(probabilities[1]);
    }
    skipped = header.skipProbability() >= 0 && bits.read(header.skipProbability());
    if (bits.read(145)) {
      luma =
          bits.read(156)
              ? (bits.read(128) ? TRUE_MOTION : HORIZONTAL)
              : (bits.read(163) ? VERTICAL : DC);
      Arrays.fill(left, AS_BLOCK[luma]);
      Arrays.fill(above, 4 * column, 4 * column + 4, AS_BLOCK[luma]);
    } else {
      luma = IN_BLOCKS;
      for (int i = 0; i < blocks.length; i++) {
        int x = 4 * column + i % 4;
        int mode = blockMode(above[x], left[i / 4]);
        blocks[i] = mode;
        above[x] = mode;
        left[i / 4] = mode;
      }
    }
    chroma =
        !bits.read(142)
            ? DC
            : !bits.read(114) ? VERTICAL : bits.read(183) ? TRUE_MOTION : HORIZONTAL;
  }

  private int blockMode(int above, int left) throws WebpException {
    int place = 0;
    do {
      int probability = LossyTables.modeProbability(above, left, place >> 1);
      place = BLOCK_TREE[place + bits.bit(probability)];
    } while (place > 0);
    return ~place;
  }

  int segment() {
    return segment;
  }

  /** Whether it has no coefficients. */
  boolean skipped() {
    return skipped;
  }

  int luma() {
    return luma;
  }

  int chroma() {
    return chroma;
  }

  /** The mode of a 4×4 block 0..15; only where {@link #luma} is in blocks. */
  int block(int index) {
    return blocks[index];
  }
}
