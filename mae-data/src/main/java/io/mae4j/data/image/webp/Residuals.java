package io.mae4j.data.image.webp;

import java.util.Arrays;

/**
 * The coefficients of macroblocks, read and scaled (RFC 6386, section 13): 16 luma blocks, four of
 * each chroma, and in macroblocks predicted as a whole the luma means.
 */
final class Residuals {
  static final int BLOCK = 16;
  static final int FIRST_U = 16;
  static final int FIRST_V = 20;
  private static final int BLOCKS = 24;

  private static final int LUMA_WITHOUT_MEANS = 0;
  private static final int MEANS = 1;
  private static final int CHROMA = 2;
  private static final int WHOLE_LUMA = 3;

  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** The band of each coefficient; one more, that nothing depends on. */
  private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};

  private static final int PER_CONTEXT = 11;
  private static final int PER_BAND = 3 * PER_CONTEXT;
  private static final int PER_TYPE = 8 * PER_BAND;

  /** The odds of the further bits of large values, category 3 to 6. */
  private static final int[][] FURTHER_BITS = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  private final int[] probabilities;

  // Whether the blocks above and to the left have coefficients: four of luma, two of each chroma,
  // the means.
  private static final int CONTEXTS = 9;
  private final int[] above;
  private final int[] left = new int[CONTEXTS];

  private final short[] coefficients = new short[BLOCKS * BLOCK];
  private final short[] means = new short[BLOCK];
  private boolean any;

  Residuals(int[] probabilities, int macroblocksWide) {
    this.probabilities = probabilities;
    this.above = new int[CONTEXTS * macroblocksWide];
  }

  /** Begins a row of macroblocks. */
  void beginRow() {
    Arrays.fill(left, 0);
  }

  /** The coefficients of the macroblock, a block after the other. */
  short[] coefficients() {
    return coefficients;
  }

  /** Whether one of them is not zero. */
  boolean any() {
    return any;
  }

  /** Takes a macroblock that has no coefficients. */
  void skip(int column, boolean hasMeans) {
    Arrays.fill(coefficients, (short) 0);
    any = false;
    int kept = hasMeans ? CONTEXTS : CONTEXTS - 1;
    Arrays.fill(left, 0, kept, 0);
    Arrays.fill(above, CONTEXTS * column, CONTEXTS * column + kept, 0);
  }

  /** Reads the coefficients of the next macroblock. */
  void read(BooleanReader bits, int column, boolean hasMeans, Quantizer steps)
      throws WebpException {
    Arrays.fill(coefficients, (short) 0);
    any = false;
    int top = CONTEXTS * column;
    int first = 0;
    int type = WHOLE_LUMA;
    if (hasMeans) {
      int place = CONTEXTS - 1;
      Arrays.fill(means, (short) 0);
      int end =
          block(
              bits,
              MEANS,
              above[top + place] + left[place],
              0,
              steps.meansDc(),
              steps.meansAc(),
              means,
              0);
      above[top + place] = left[place] = end > 0 ? 1 : 0;
      InverseTransform.means(means, coefficients);
      first = 1;
      type = LUMA_WITHOUT_MEANS;
    }
    area(bits, type, top, 0, 4, first, steps.lumaDc(), steps.lumaAc(), 0);
    area(bits, CHROMA, top, 4, 2, 0, steps.chromaDc(), steps.chromaAc(), FIRST_U);
    area(bits, CHROMA, top, 6, 2, 0, steps.chromaDc(), steps.chromaAc(), FIRST_V);
  }

  /** Reads the blocks of a square. */
  private void area(
      BooleanReader bits,
      int type,
      int top,
      int context,
      int side,
      int first,
      int dcStep,
      int acStep,
      int firstBlock)
      throws WebpException {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = (firstBlock + y * side + x) * BLOCK;
        int over = top + context + x;
        int beside = context + y;
        int end =
            block(bits, type, above[over] + left[beside], first, dcStep, acStep, coefficients, at);
        above[over] = left[beside] = end > first ? 1 : 0;
        any |= end > 1 || coefficients[at] != 0;
      }
    }
  }

  /** Reads a block; tells where its coefficients end. */
  private int block(
      BooleanReader bits,
      int type,
      int context,
      int first,
      int dcStep,
      int acStep,
      short[] to,
      int at)
      throws WebpException {
    int base = type * PER_TYPE;
    int place = base + BANDS[first] * PER_BAND + context * PER_CONTEXT;
    for (int i = first; i < BLOCK; i++) {
      if (!bits.read(probabilities[place])) {
        return i;
      }
      while (!bits.read(probabilities[place + 1])) {
        i++;
        if (i == BLOCK) {
          return BLOCK;
        }
        place = base + BANDS[i] * PER_BAND;
      }
      int next = base + BANDS[i + 1] * PER_BAND;
      int value = 1;
      if (bits.read(probabilities[place + 2])) {
        value = largeValue(bits, place);
        place = next + 2 * PER_CONTEXT;
      } else {
        place = next + PER_CONTEXT;
      }
      // Products that do not fit are cut to 16 bits, as libwebp cuts them.
      to[at + ZIGZAG[i]] = (short) ((bits.flag() ? -value : value) * (i > 0 ? acStep : dcStep));
    }
    return BLOCK;
  }

  private int largeValue(BooleanReader bits, int place) throws WebpException {
    if (!bits.read(probabilities[place + 3])) {
      return bits.read(probabilities[place + 4]) ? 3 + bits.bit(probabilities[place + 5]) : 2;
    }
    if (!bits.read(probabilities[place + 6])) {
      if (!bits.read(probabilities[place + 7])) {
        return 5 + bits.bit(159);
      }
      int high = bits.bit(165);
      return 7 + 2 * high + bits.bit(145);
    }
    int high = bits.bit(probabilities[place + 8]);
    int category = 2 * high + bits.bit(probabilities[place + 9 + high]);
    int value = 0;
    for (int probability : FURTHER_BITS[category]) {
      value = 2 * value + bits.bit(probability);
    }
    return value + 3 + (8 << category);
  }
}
