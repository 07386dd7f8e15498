package io.mae4j.data.image.webp;

/**
 * How hard the edges of a macroblock are smoothed (RFC 6386, section 15.2).
 *
 * @param limit of the difference across an edge, 0 to leave all as it is
 * @param interior limit of the differences beside it
 * @param highVariance above it neighbours count as different
 */
record FilterStrength(int limit, int interior, int highVariance) {
  private static final int LARGEST = 63;

  /**
   * Of a level.
   *
   * @param wanted the level before it is brought to 0..63
   * @param sharpness 0..7
   */
  static FilterStrength of(int wanted, int sharpness) {
    int level = Math.max(0, Math.min(LARGEST, wanted));
    if (level == 0) {
      return new FilterStrength(0, 0, 0);
    }
    int interior = level;
    if (sharpness > 0) {
      interior = Math.min(9 - sharpness, level >> (sharpness > 4 ? 2 : 1));
    }
    interior = Math.max(1, interior);
    return new FilterStrength(
        2 * level + interior, interior, level >= 40 ? 2 : level >= 15 ? 1 : 0);
  }
}
