package io.mae4j.data.image.webp;

/**
 * Red was stored less a multiple of green, blue less multiples of green and red.
 *
 * @param width of the picture in pixels
 * @param bits blocks of 2^bits pixels a side share their multiples
 * @param multiples of each block: from the lowest byte green to red, green to blue, red to blue, in
 *     parts of 32
 */
record ColourTransform(int width, int bits, int[] multiples) implements LosslessTransform {

  @Override
  public int[] undo(int[] pixels) {
    int blocksWide = PixelReader.parts(width, bits);
    for (int i = 0; i < pixels.length; i++) {
      int block = multiples[((i / width) >> bits) * blocksWide + ((i % width) >> bits)];
      int pixel = pixels[i];
      int green = pixel >> 8;
      int red = ((pixel >> 16) + product(block, green)) & 0xff;
      int blue = (pixel + product(block >> 8, green) + product(block >> 16, red)) & 0xff;
      pixels[i] = (pixel & 0xff00ff00) | (red << 16) | blue;
    }
    return pixels;
  }

  /** Of the lowest bytes, both signed. */
  private static int product(int multiple, int colour) {
    return ((byte) multiple * (byte) colour) >> 5;
  }
}
