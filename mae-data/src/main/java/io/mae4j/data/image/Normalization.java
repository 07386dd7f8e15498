package io.mae4j.data.image;

import io.mae4j.api.error.MaeException;
import java.util.List;

/**
 * What is subtracted and divided by, one number a channel, for samples scaled to 0..1.
 *
 * @param mean the mean of each channel
 * @param std the standard deviation of each channel, above 0
 */
public record Normalization(List<Double> mean, List<Double> std) {

  /** The published recipe's, of ImageNet, for red, green, blue. */
  public static final Normalization IMAGENET =
      new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** Checks the numbers. */
  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.isEmpty() || mean.size() != std.size()) {
      throw MaeException.user(
          "normalisation needs one mean and one std a channel, got " + mean + " and " + std);
    }
    for (int c = 0; c < std.size(); c++) {
      if (!Double.isFinite(mean.get(c)) || !(std.get(c) > 0) || Double.isInfinite(std.get(c))) {
        throw MaeException.user(
            "normalisation needs finite means and stds above 0, got " + mean + " and " + std);
      }
    }
  }

  /** C. */
  public int channels() {
    return mean.size();
  }

  /** The mean of each channel as a sample, 0..255 [C]. */
  public int[] meanSamples() {
    return mean.stream()
        .mapToInt(value -> (int) Math.max(0, Math.min(255, Math.rint(255 * value))))
        .toArray();
  }

  /** What each of the 256 sample values becomes, in single precision as torchvision computes it. */
  float[] table(int channel) {
    float centre = mean.get(channel).floatValue();
    float spread = std.get(channel).floatValue();
    float[] table = new float[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = (value / 255f - centre) / spread;
    }
    return table;
  }
}
