package io.mae4j.data.image.webp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * A lossless picture (RFC 9649, section 3).
 *
 * @param width in pixels
 * @param height in pixels
 * @param data what follows its header
 */
record LosslessPicture(int width, int height, Chunk data) implements Bitstream {
  private static final int HEADER = 5;
  private static final int SIGNATURE = 0x2f;
  private static final int SIDE_BITS = 14;
  private static final int PREDICTOR = 0;
  private static final int COLOUR = 1;
  private static final int GREEN = 2;

  /**
   * Reads the size.
   *
   * @throws WebpException if there is none
   */
  static LosslessPicture parse(Chunk data) throws WebpException {
    long header = data.uint32(1);
    if (data.uint8(0) != SIGNATURE || (header >> (2 * SIDE_BITS + 1)) != 0) {
      throw new WebpException("lossless WebP of another version");
    }
    int mask = (1 << SIDE_BITS) - 1;
    return new LosslessPicture(
        1 + (int) (header & mask), 1 + (int) ((header >> SIDE_BITS) & mask), data.after(HEADER));
  }

  @Override
  public byte[] decode() throws WebpException {
    BitReader bits = new BitReader(data);
    Deque<LosslessTransform> transforms = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    int stored = width;
    while (bits.flag()) {
      int kind = bits.read(2);
      if (!seen.add(kind)) {
        throw new WebpException("WebP with the same transform twice");
      }
      LosslessTransform transform = transform(kind, bits, stored);
      transforms.push(transform);
      if (transform instanceof PaletteTransform palette) {
        stored = PixelReader.parts(width, palette.bits());
      }
    }
    int[] pixels = PixelReader.picture(bits, stored, height);
    for (LosslessTransform transform : transforms) {
      pixels = transform.undo(pixels);
    }
    return rgb(pixels);
  }

  private LosslessTransform transform(int kind, BitReader bits, int stored) throws WebpException {
    if (kind == GREEN) {
      return new GreenTransform();
    }
    if (kind == PREDICTOR || kind == COLOUR) {
      int size = 2 + bits.read(3);
      int[] blocks =
          PixelReader.helper(
              bits, PixelReader.parts(stored, size), PixelReader.parts(height, size));
      return kind == PREDICTOR
          ? new PredictorTransform(stored, size, blocks)
          : new ColourTransform(stored, size, blocks);
    }
    int[] colours = PixelReader.helper(bits, 1 + bits.read(Byte.SIZE), 1);
    for (int i = 1; i < colours.length; i++) {
      colours[i] = Argb.add(colours[i], colours[i - 1]);
    }
    return new PaletteTransform(width, height, PaletteTransform.bits(colours.length), colours);
  }

  private static byte[] rgb(int[] pixels) {
    byte[] rgb = new byte[Math.multiplyExact(pixels.length, 3)];
    for (int i = 0, to = 0; i < pixels.length; i++) {
      rgb[to++] = (byte) (pixels[i] >> 16);
      rgb[to++] = (byte) (pixels[i] >> 8);
      rgb[to++] = (byte) pixels[i];
    }
    return rgb;
  }
}
