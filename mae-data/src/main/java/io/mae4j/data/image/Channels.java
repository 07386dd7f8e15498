package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.MaeException;

/** Changes between grey and colour as Pillow does. */
public final class Channels {

  private Channels() {}

  /** Whether images of one number of channels can be changed to another. */
  public static boolean converts(int from, int to) {
    return from == to || from == 1 || (from == 3 && to == 1);
  }

  /**
   * An image with another number of channels: grey is repeated, colour becomes grey by ITU-R 601-2
   * luma in 16-bit fixed point (Pillow's {@code convert("L")}).
   *
   * @throws MaeException of kind DATA for other changes
   */
  public static PixelImage convert(PixelImage image, int channels) {
    if (image.channels() == channels) {
      return image;
    }
    if (image.channels() == 1) {
      return repeat(image, channels);
    }
    if (image.channels() == 3 && channels == 1) {
      return luma(image);
    }
    throw MaeException.data(
        "images have " + image.channels() + " channels, the model takes " + channels);
  }

  private static PixelImage repeat(PixelImage image, int channels) {
    byte[] grey = image.samples();
    byte[] samples = new byte[Math.multiplyExact(grey.length, channels)];
    int at = 0;
    for (byte value : grey) {
      for (int c = 0; c < channels; c++) {
        samples[at++] = value;
      }
    }
    return new PixelImage(image.height(), image.width(), channels, samples);
  }

  private static PixelImage luma(PixelImage image) {
    byte[] rgb = image.samples();
    byte[] samples = new byte[rgb.length / 3];
    for (int from = 0, to = 0; to < samples.length; from += 3, to++) {
      int weighted =
          (rgb[from] & 0xff) * 19595
              + (rgb[from + 1] & 0xff) * 38470
              + (rgb[from + 2] & 0xff) * 7471
              + 0x8000;
      samples[to] = (byte) (weighted >> 16);
    }
    return new PixelImage(image.height(), image.width(), 1, samples);
  }
}
