package io.mae4j.data.image;

/**
 * libjpeg's colour conversions, in its own fixed-point arithmetic (16 fractional bits), so that
 * results are the same to the last bit.
 */
final class JpegColours {
  private static final int HALF = 1 << 15;
  private static final int[] CR_TO_RED = new int[256];
  private static final int[] CB_TO_BLUE = new int[256];
  private static final int[] CR_TO_GREEN = new int[256];
  private static final int[] CB_TO_GREEN = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int centred = i - 128;
      CR_TO_RED[i] = (fixed(1.40200) * centred + HALF) >> 16;
      CB_TO_BLUE[i] = (fixed(1.77200) * centred + HALF) >> 16;
      CR_TO_GREEN[i] = -fixed(0.71414) * centred;
      CB_TO_GREEN[i] = -fixed(0.34414) * centred + HALF;
    }
  }

  private JpegColours() {}

  /**
   * Turns interleaved, inverted C, M, Y, K (as Adobe writes them, and as Pillow takes all of them)
   * into red, green, blue without a profile: each is ink × black / 255.
   *
   * @param samples four values a pixel
   * @param ycck whether the first three are Y, Cb, Cr of the inks
   * @return three values a pixel
   */
  static byte[] cmykToRgb(byte[] samples, boolean ycck) {
    byte[] rgb = new byte[samples.length / 4 * 3];
    for (int from = 0, to = 0; from < samples.length; from += 4, to += 3) {
      if (ycck) {
        convert(samples, from);
      }
      int light = samples[from + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        int stored = samples[from + c] & 0xff;
        int ink = ycck ? stored : 255 - stored;
        int product = ink * light + 128;
        rgb[to + c] = (byte) (light - (((product >> 8) + product) >> 8));
      }
    }
    return rgb;
  }

  /** Likewise of C, M, Y, K that are not inverted. */
  static byte[] inksToRgb(byte[] samples) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) ~samples[i];
    }
    return cmykToRgb(samples, false);
  }

  private static void convert(byte[] samples, int at) {
    int y = samples[at] & 0xff;
    int cb = samples[at + 1] & 0xff;
    int cr = samples[at + 2] & 0xff;
    samples[at] = clip(y + CR_TO_RED[cr]);
    samples[at + 1] = clip(y + ((CB_TO_GREEN[cb] + CR_TO_GREEN[cr]) >> 16));
    samples[at + 2] = clip(y + CB_TO_BLUE[cb]);
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  private static int fixed(double value) {
    return (int) (value * 65536 + 0.5);
  }
}
