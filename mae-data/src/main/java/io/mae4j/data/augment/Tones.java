package io.mae4j.data.augment;

import io.mae4j.api.data.PixelImage;
import io.mae4j.data.image.Channels;
import java.util.function.IntUnaryOperator;

/**
 * Changes of brightness and colour, equal to Pillow's {@code ImageOps} and {@code ImageEnhance} to
 * the last bit. None of them changes the image it is given.
 */
final class Tones {
  private static final int LEVELS = 256;

  private Tones() {}

  /** Stretches each channel to the full range. */
  static PixelImage autoContrast(PixelImage image) {
    return perChannel(
        image,
        histogram -> {
          int low = 0;
          int high = LEVELS - 1;
          while (low < high && histogram[low] == 0) {
            low++;
          }
          while (high > low && histogram[high] == 0) {
            high--;
          }
          if (high <= low) {
            return value -> value;
          }
          double scale = 255.0 / (high - low);
          double offset = -low * scale;
          return value -> clip((int) (value * scale + offset));
        });
  }

  /** Spreads the values of each channel so that all are about equally frequent. */
  static PixelImage equalize(PixelImage image) {
    return perChannel(
        image,
        histogram -> {
          int last = LEVELS - 1;
          while (last > 0 && histogram[last] == 0) {
            last--;
          }
          int below = 0;
          for (int value = 0; value < last; value++) {
            below += histogram[value];
          }
          int step = below / 255;
          if (step == 0) {
            return value -> value;
          }
          int[] table = new int[LEVELS];
          int sum = step / 2;
          for (int value = 0; value < LEVELS; value++) {
            table[value] = clip(sum / step);
            sum += histogram[value];
          }
          return value -> table[value];
        });
  }

  /** White becomes black. */
  static PixelImage invert(PixelImage image) {
    return map(image, value -> 255 - value);
  }

  /** Keeps the upper bits of each sample, 0..8. */
  static PixelImage posterize(PixelImage image, int bits) {
    int mask = 0xff & -(1 << (8 - bits));
    return map(image, value -> value & mask);
  }

  /** Inverts what is not below a threshold, 0..256. */
  static PixelImage solarize(PixelImage image, int threshold) {
    return map(image, value -> value < threshold ? value : 255 - value);
  }

  /** Lightens what is below the middle. */
  static PixelImage solarizeAdd(PixelImage image, int added) {
    return map(image, value -> value < LEVELS / 2 ? Math.min(255, value + added) : value);
  }

  /** From grey (0) over the image itself (1) to stronger colours. */
  static PixelImage color(PixelImage image, double factor) {
    PixelImage grey = Channels.convert(image, 1);
    return blend(Channels.convert(grey, image.channels()), image, factor);
  }

  /** From the mean grey (0) over the image itself (1) to more contrast. */
  static PixelImage contrast(PixelImage image, double factor) {
    long sum = 0;
    byte[] grey = Channels.convert(image, 1).samples();
    for (byte sample : grey) {
      sum += sample & 0xff;
    }
    int mean = (int) ((double) sum / grey.length + 0.5);
    return blend(map(image, value -> mean), image, factor);
  }

  /** From black (0) over the image itself (1) to brighter. */
  static PixelImage brightness(PixelImage image, double factor) {
    return blend(map(image, value -> 0), image, factor);
  }

  /** From a smoothed image (0) over the image itself (1) to a sharper one. */
  static PixelImage sharpness(PixelImage image, double factor) {
    return blend(smooth(image), image, factor);
  }

  /** The mean of the neighbourhood, the pixel itself counted five times; the border stays. */
  private static PixelImage smooth(PixelImage image) {
    byte[] from = image.samples();
    byte[] to = from.clone();
    int channels = image.channels();
    int stride = image.width() * channels;
    for (int row = 1; row < image.height() - 1; row++) {
      for (int i = channels; i < stride - channels; i++) {
        int at = row * stride + i;
        int sum = 4 * (from[at] & 0xff);
        for (int line = at - stride; line <= at + stride; line += stride) {
          sum +=
              (from[line - channels] & 0xff) + (from[line] & 0xff) + (from[line + channels] & 0xff);
        }
        to[at] = (byte) ((2 * sum + 13) / 26); // a thirteenth, rounded
      }
    }
    return with(image, to);
  }

  /** {@code from + factor·(to − from)} in single precision, cut off to whole numbers. */
  private static PixelImage blend(PixelImage from, PixelImage to, double factor) {
    float share = (float) factor;
    byte[] first = from.samples();
    byte[] second = to.samples();
    byte[] samples = new byte[first.length];
    for (int i = 0; i < samples.length; i++) {
      int a = first[i] & 0xff;
      samples[i] = (byte) clip((int) (a + share * ((second[i] & 0xff) - a)));
    }
    return with(from, samples);
  }

  /** Makes the table of a channel out of its histogram [256]. */
  private interface Table {
    IntUnaryOperator of(int[] histogram);
  }

  private static PixelImage perChannel(PixelImage image, Table table) {
    int channels = image.channels();
    byte[] samples = image.samples().clone();
    for (int c = 0; c < channels; c++) {
      int[] histogram = new int[LEVELS];
      for (int i = c; i < samples.length; i += channels) {
        histogram[samples[i] & 0xff]++;
      }
      IntUnaryOperator mapping = table.of(histogram);
      for (int i = c; i < samples.length; i += channels) {
        samples[i] = (byte) mapping.applyAsInt(samples[i] & 0xff);
      }
    }
    return with(image, samples);
  }

  private static PixelImage map(PixelImage image, IntUnaryOperator mapping) {
    byte[] samples = new byte[image.samples().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) mapping.applyAsInt(image.samples()[i] & 0xff);
    }
    return with(image, samples);
  }

  private static PixelImage with(PixelImage image, byte[] samples) {
    return new PixelImage(image.height(), image.width(), image.channels(), samples);
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
