package io.mae4j.data.image.webp;

/**
 * Pixels were stored as places in a palette, several of them in one where the palette is small.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param bits 2^bits places are in one stored pixel
 * @param colours the palette; other places stand for 0
 */
record PaletteTransform(int width, int height, int bits, int[] colours)
    implements LosslessTransform {

  /** How many bits a palette of some size takes. */
  static int bits(int colours) {
    return colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3;
  }

  @Override
  public int[] undo(int[] pixels) {
    int[] whole = new int[Math.multiplyExact(width, height)];
    int stored = PixelReader.parts(width, bits);
    int placeBits = Byte.SIZE >> bits;
    int mask = (1 << placeBits) - 1;
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int packed = (pixels[y * stored + (x >> bits)] >>> 8) & 0xff;
        int place = (packed >> ((x & ((1 << bits) - 1)) * placeBits)) & mask;
        whole[to++] = place < colours.length ? colours[place] : 0;
      }
    }
    return whole;
  }
}
