package io.mae4j.data.image.webp;

/**
 * What stands before the macroblocks of a VP8 key frame (RFC 6386, section 9.2 and following).
 *
 * @param segmentProbabilities of a macroblock's segment, three nodes; empty if all are of the first
 * @param quantizers of each segment
 * @param filter which smoothing
 * @param strengths of each segment, first for macroblocks predicted as a whole, then for those
 *     predicted in 4×4 blocks
 * @param partitions how many streams of coefficients there are
 * @param coefficients the probabilities of coefficients
 * @param skipProbability that a macroblock has coefficients, −1 if none says so
 */
record FrameHeader(
    int[] segmentProbabilities,
    Quantizer[] quantizers,
    Filter filter,
    FilterStrength[][] strengths,
    int partitions,
    int[] coefficients,
    int skipProbability) {
  private static final int SEGMENTS = 4;
  private static final int EIGHT_BITS = 8;
  private static final int CERTAIN = 255;

  /** Which edges are smoothed how. */
  enum Filter {
    NONE,
    SIMPLE,
    NORMAL
  }

  /** The segments of a frame. */
  private record Segments(
      boolean enabled, boolean absolute, int[] quantizers, int[] levels, int[] probabilities) {

    static Segments read(BooleanReader bits) throws WebpException {
      int[] quantizers = new int[SEGMENTS];
      int[] levels = new int[SEGMENTS];
      int[] probabilities = {};
      boolean absolute = true;
      boolean enabled = bits.flag();
      if (enabled) {
        boolean updatesMap = bits.flag();
        if (bits.flag()) {
          absolute = bits.flag();
          for (int i = 0; i < SEGMENTS; i++) {
            quantizers[i] = bits.optional(7);
          }
          for (int i = 0; i < SEGMENTS; i++) {
            levels[i] = bits.optional(6);
          }
        }
        if (updatesMap) {
          probabilities = new int[SEGMENTS - 1];
          for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = bits.flag() ? bits.number(EIGHT_BITS) : CERTAIN;
          }
        }
      }
      return new Segments(enabled, absolute, quantizers, levels, probabilities);
    }

    int quantizer(int segment, int base) {
      return value(quantizers[segment], base);
    }

    int level(int segment, int base) {
      return value(levels[segment], base);
    }

    private int value(int own, int base) {
      return !enabled ? base : absolute ? own : base + own;
    }
  }

  static FrameHeader read(BooleanReader bits) throws WebpException {
    bits.flag(); // colour space: there is but one
    bits.flag(); // clamping: always done
    Segments segments = Segments.read(bits);
    boolean simple = bits.flag();
    int level = bits.number(6);
    int sharpness = bits.number(3);
    int[] levelDeltas = levelDeltas(bits);
    int partitions = 1 << bits.number(2);
    int base = bits.number(7);
    int[] stepDeltas = new int[5];
    for (int i = 0; i < stepDeltas.length; i++) {
      stepDeltas[i] = bits.optional(4);
    }
    Quantizer[] quantizers = new Quantizer[SEGMENTS];
    FilterStrength[][] strengths = new FilterStrength[SEGMENTS][];
    for (int i = 0; i < SEGMENTS; i++) {
      quantizers[i] = Quantizer.of(segments.quantizer(i, base), stepDeltas);
      int whole = segments.level(i, level) + levelDeltas[0];
      strengths[i] =
          new FilterStrength[] {
            FilterStrength.of(whole, sharpness),
            FilterStrength.of(whole + levelDeltas[1], sharpness)
          };
    }
    bits.flag(); // whether a next frame keeps the probabilities: there is none
    int[] coefficients = LossyTables.coefficientProbabilities();
    for (int i = 0; i < LossyTables.COEFFICIENTS; i++) {
      if (bits.read(LossyTables.updateProbability(i))) {
        coefficients[i] = bits.number(EIGHT_BITS);
      }
    }
    int skip = bits.flag() ? bits.number(EIGHT_BITS) : -1;
    Filter filter = level == 0 ? Filter.NONE : simple ? Filter.SIMPLE : Filter.NORMAL;
    return new FrameHeader(
        segments.probabilities(), quantizers, filter, strengths, partitions, coefficients, skip);
  }

  /** What is added to the level in a key frame, and more for macroblocks in 4×4 blocks. */
  private static int[] levelDeltas(BooleanReader bits) throws WebpException {
    int[] byFrame = new int[4];
    int[] byMode = new int[4];
    boolean enabled = bits.flag();
    if (enabled && bits.flag()) {
      for (int i = 0; i < byFrame.length; i++) {
        byFrame[i] = bits.optional(6);
      }
      for (int i = 0; i < byMode.length; i++) {
        byMode[i] = bits.optional(6);
      }
    }
    return new int[] {byFrame[0], byMode[0]};
  }
}
