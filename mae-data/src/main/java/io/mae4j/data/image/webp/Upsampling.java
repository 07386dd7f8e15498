package io.mae4j.data.image.webp;

/**
 * Luma with halved chroma to red, green, blue in libwebp's arithmetic: chroma is interpolated
 * between the four nearest samples, of which the nearest weighs 9/16, its neighbours 3/16 and the
 * one across 1/16.
 */
final class Upsampling {
  private static final int COLOURS = 3;

  /** Bits behind the point of the colours' sums. */
  private static final int FRACTION = 6;

  private Upsampling() {}

  /** The samples in the order row, column, red-green-blue. */
  static byte[] rgb(Plane luma, Plane u, Plane v, int width, int height) {
    byte[] rgb = new byte[Math.multiplyExact(height * COLOURS, width)];
    int last = (height + 1) / 2 - 1;
    int[] uLine = new int[width + 1];
    int[] vLine = new int[width + 1];
    int to = 0;
    for (int y = 0; y < height; y++) {
      int near = y / 2;
      int far = Math.max(0, Math.min(last, y % 2 == 0 ? near - 1 : near + 1));
      line(u, near, far, width, uLine);
      line(v, near, far, width, vLine);
      int from = luma.at(0, y);
      for (int x = 0; x < width; x++, to += COLOURS) {
        colour(luma.samples()[from + x] & 0xff, uLine[x], vLine[x], rgb, to);
      }
    }
    return rgb;
  }

  /** A line of chroma as wide as the luma, between two lines of the plane. */
  private static void line(Plane plane, int nearLine, int farLine, int width, int[] line) {
    byte[] samples = plane.samples();
    int near = plane.at(0, nearLine);
    int far = plane.at(0, farLine);
    int nearLeft = samples[near] & 0xff;
    int farLeft = samples[far] & 0xff;
    line[0] = (3 * nearLeft + farLeft + 2) >> 2;
    int pairs = (width - 1) / 2;
    for (int i = 1; i <= pairs; i++) {
      int nearRight = samples[near + i] & 0xff;
      int farRight = samples[far + i] & 0xff;
      int sum = nearLeft + nearRight + farLeft + farRight + 8;
      int falling = (sum + 2 * (nearRight + farLeft)) >> 3;
      int rising = (sum + 2 * (nearLeft + farRight)) >> 3;
      line[2 * i - 1] = (falling + nearLeft) >> 1;
      line[2 * i] = (rising + nearRight) >> 1;
      nearLeft = nearRight;
      farLeft = farRight;
    }
    if (width % 2 == 0) {
      line[width - 1] = (3 * nearLeft + farLeft + 2) >> 2;
    }
  }

  private static void colour(int luma, int u, int v, byte[] rgb, int at) {
    int light = product(luma, 19077);
    rgb[at] = clip(light + product(v, 26149) - 14234);
    rgb[at + 1] = clip(light - product(u, 6419) - product(v, 13320) + 8708);
    rgb[at + 2] = clip(light + product(u, 33050) - 17685);
  }

  private static int product(int sample, int factor) {
    return (sample * factor) >> Byte.SIZE;
  }

  private static byte clip(int sum) {
    return Plane.clip(sum >> FRACTION);
  }
}
