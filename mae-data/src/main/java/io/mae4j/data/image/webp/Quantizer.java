package io.mae4j.data.image.webp;

/**
 * The steps of a segment's coefficients (RFC 6386, section 14.1): of luma, of the luma means that
 * are transformed once more, and of chroma.
 */
record Quantizer(int lumaDc, int lumaAc, int meansDc, int meansAc, int chromaDc, int chromaAc) {
  private static final int LARGEST = 127;
  private static final int LARGEST_CHROMA_DC = 117;

  /**
   * Of a segment.
   *
   * @param base the segment's index
   * @param deltas what is added to it for luma dc, means dc, means ac, chroma dc, chroma ac
   */
  static Quantizer of(int base, int[] deltas) {
    return new Quantizer(
        LossyTables.dcStep(index(base + deltas[0], LARGEST)),
        LossyTables.acStep(index(base, LARGEST)),
        2 * LossyTables.dcStep(index(base + deltas[1], LARGEST)),
        Math.max(8, LossyTables.acStep(index(base + deltas[2], LARGEST)) * 155 / 100),
        LossyTables.dcStep(index(base + deltas[3], LARGEST_CHROMA_DC)),
        LossyTables.acStep(index(base + deltas[4], LARGEST)));
  }

  private static int index(int value, int largest) {
    return Math.max(0, Math.min(largest, value));
  }
}
