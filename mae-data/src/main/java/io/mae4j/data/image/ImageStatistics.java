package io.mae4j.data.image;

import io.mae4j.api.data.Dataset;
import io.mae4j.api.data.PixelImage;
import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.util.ArrayList;
import java.util.List;

/** Measures the mean and standard deviation of a data set's samples, channel by channel. */
public final class ImageStatistics {
  private static final int USUAL_IMAGES = 10_000;

  private ImageStatistics() {}

  /**
   * The normalisation to take when none is given: ImageNet's for three channels, as the published
   * recipe has it; otherwise measured on up to 10,000 images.
   *
   * @param dataset the training images
   * @param channels C, what the model takes
   */
  public static Normalization usual(Dataset dataset, int channels) {
    return channels == 3 ? Normalization.IMAGENET : measure(dataset, channels, USUAL_IMAGES);
  }

  /**
   * Measures images at even distances. Every pixel counts the same; damaged images are left out. A
   * channel that never changes gets a standard deviation of 1.
   *
   * @param dataset the images
   * @param channels C, what the model takes
   * @param limit the largest number of images to read, at least 1
   * @throws MaeException of kind DATA if none of them can be read
   */
  public static Normalization measure(Dataset dataset, int channels, int limit) {
    int images = Math.min(limit, dataset.size());
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    double pixels = 0;
    for (int i = 0; i < images; i++) {
      int index = (int) ((long) i * dataset.size() / images);
      PixelImage image;
      try {
        image = Channels.convert(dataset.read(index), channels);
      } catch (MaeException damaged) {
        if (damaged.kind() != ErrorKind.DATA) {
          throw damaged;
        }
        continue;
      }
      add(image, sums, squares);
      pixels += (double) image.height() * image.width();
    }
    if (pixels == 0) {
      throw MaeException.data(dataset.name() + ": no image can be read");
    }
    List<Double> means = new ArrayList<>();
    List<Double> stds = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double mean = sums[c] / pixels;
      double variance = squares[c] / pixels - mean * mean;
      means.add(mean / 255);
      stds.add(variance > 0 ? Math.sqrt(variance) / 255 : 1);
    }
    return new Normalization(means, stds);
  }

  private static void add(PixelImage image, double[] sums, double[] squares) {
    int channels = image.channels();
    byte[] samples = image.samples();
    for (int c = 0; c < channels; c++) {
      long sum = 0;
      long square = 0;
      for (int i = c; i < samples.length; i += channels) {
        int sample = samples[i] & 0xff;
        sum += sample;
        square += (long) sample * sample;
      }
      sums[c] += sum;
      squares[c] += square;
    }
  }
}
