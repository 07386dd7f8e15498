package io.mae4j.eval.picture;

import io.mae4j.api.error.MaeException;
import java.util.List;

/**
 * How pixels became the model's values: {@code (pixel − mean) / deviation} for each channel, with
 * pixels from 0 to 1.
 *
 * @param mean the mean of each channel [C]
 * @param deviation the deviation of each channel [C], above 0
 */
public record PixelScale(List<Double> mean, List<Double> deviation) {

  /** Checks that every channel has both. */
  public PixelScale {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size() || deviation.stream().anyMatch(d -> !(d > 0))) {
      throw MaeException.user(
          "each channel needs a mean and a positive deviation, got " + mean + " and " + deviation);
    }
  }

  /** The pixel of a model's value, 0 to 1 unless the value is out of range. */
  double pixel(double value, int channel) {
    return value * deviation.get(channel) + mean.get(channel);
  }
}
