package io.mae4j.data.image.webp;

import java.util.Arrays;

/**
 * Reads the pixels of an image: literals, repetitions and recent colours (RFC 9649, sections 3.5
 * and 3.7). Pixels are alpha, red, green, blue from the highest byte to the lowest.
 */
final class PixelReader {
  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;
  private static final int LARGEST_CACHE = 11;
  private static final int HASH = 0x1e35a7bd;

  /**
   * The pixels that the first distances stand for: lines above, and eight less the columns to the
   * left, in a byte's two halves.
   */
  private static final int[] NEAR = {
    0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a,
    0x38, 0x05, 0x37, 0x39, 0x15, 0x1b, 0x36, 0x3a, 0x25, 0x2b, 0x48, 0x04,
    0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a, 0x24, 0x2c, 0x58, 0x45,
    0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d,
    0x44, 0x4c, 0x55, 0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e,
    0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d, 0x65, 0x6b, 0x32, 0x3e,
    0x78, 0x01, 0x77, 0x79, 0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e,
    0x76, 0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e,
    0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10, 0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d,
    0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60, 0x70
  };

  /**
   * The five codes of an area: green with lengths and recent colours, red, blue, alpha, distance.
   */
  private record Codes(
      PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {

    static Codes read(BitReader bits, int recentColours) throws WebpException {
      return new Codes(
          PrefixCodeReader.read(bits, LITERALS + LENGTHS + recentColours),
          PrefixCodeReader.read(bits, LITERALS),
          PrefixCodeReader.read(bits, LITERALS),
          PrefixCodeReader.read(bits, LITERALS),
          PrefixCodeReader.read(bits, DISTANCES));
    }
  }

  private final BitReader bits;
  private final int width;
  private final int height;
  private int[] recent = {};
  private int hashShift;
  private int areaBits;
  private int[] areas = {};
  private Codes[] codes = {};

  private PixelReader(BitReader bits, int width, int height) {
    this.bits = bits;
    this.width = width;
    this.height = height;
  }

  /**
   * Reads the pixels of the picture itself, whose areas may have codes of their own.
   *
   * @return width·height pixels, row by row
   */
  static int[] picture(BitReader bits, int width, int height) throws WebpException {
    PixelReader reader = new PixelReader(bits, width, height);
    reader.readCache();
    if (bits.flag()) {
      reader.readAreas();
    }
    return reader.pixels();
  }

  /**
   * Reads an image that says something about the picture.
   *
   * @return width·height pixels, row by row
   */
  static int[] helper(BitReader bits, int width, int height) throws WebpException {
    PixelReader reader = new PixelReader(bits, width, height);
    reader.readCache();
    return reader.pixels();
  }

  private void readCache() throws WebpException {
    if (bits.flag()) {
      int size = bits.read(4);
      if (size < 1 || size > LARGEST_CACHE) {
        throw new WebpException("WebP with a colour cache of " + size + " bits");
      }
      recent = new int[1 << size];
      hashShift = Integer.SIZE - size;
    }
  }

  private void readAreas() throws WebpException {
    areaBits = 2 + bits.read(3);
    areas = helper(bits, parts(width, areaBits), parts(height, areaBits));
    for (int i = 0; i < areas.length; i++) {
      areas[i] = (areas[i] >>> Byte.SIZE) & 0xffff;
    }
  }

  /** How many parts of 2^bits pixels a side has. */
  static int parts(int side, int bits) {
    return (side + (1 << bits) - 1) >> bits;
  }

  private int[] pixels() throws WebpException {
    codes = new Codes[Arrays.stream(areas).max().orElse(0) + 1];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Codes.read(bits, recent.length);
    }
    int[] pixels = new int[Math.multiplyExact(width, height)];
    int areasWide = parts(width, areaBits);
    int at = 0;
    int x = 0;
    int y = 0;
    while (at < pixels.length) {
      Codes here =
          areas.length == 0
              ? codes[0]
              : codes[areas[(y >> areaBits) * areasWide + (x >> areaBits)]];
      int symbol = here.green.read(bits);
      int count = 1;
      if (symbol < LITERALS) {
        int red = here.red.read(bits);
        int blue = here.blue.read(bits);
        pixels[at] = (here.alpha.read(bits) << 24) | (red << 16) | (symbol << 8) | blue;
        remember(pixels[at]);
      } else if (symbol < LITERALS + LENGTHS) {
        count = extended(symbol - LITERALS);
        repeat(pixels, at, distance(extended(here.distance.read(bits))), count);
      } else {
        pixels[at] = recent[symbol - LITERALS - LENGTHS];
      }
      at += count;
      x += count;
      while (x >= width) {
        x -= width;
        y++;
      }
    }
    return pixels;
  }

  private void remember(int pixel) {
    if (recent.length > 0) {
      recent[(HASH * pixel) >>> hashShift] = pixel;
    }
  }

  /** A length or distance, of which the symbol says the highest bits. */
  private int extended(int symbol) throws WebpException {
    if (symbol < 4) {
      return symbol + 1;
    }
    int more = (symbol - 2) >> 1;
    return ((2 + (symbol & 1)) << more) + bits.read(more) + 1;
  }

  private int distance(int code) {
    if (code > NEAR.length) {
      return code - NEAR.length;
    }
    int near = NEAR[code - 1];
    return Math.max(1, (near >> 4) * width + 8 - (near & 0xf));
  }

  private void repeat(int[] pixels, int at, int distance, int count) throws WebpException {
    if (distance > at || count > pixels.length - at) {
      throw new WebpException("WebP that repeats pixels outside of the picture");
    }
    for (int i = at; i < at + count; i++) {
      pixels[i] = pixels[i - distance];
      remember(pixels[i]);
    }
  }
}
