package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.random.Draws;
import java.util.function.UnaryOperator;

/**
 * Makes a model's input of a decoded image: the channels it takes, cropped, resized, perhaps
 * mirrored, normalised, in the order channel, row, column. Keeps its buffers, so each thread needs
 * its own.
 */
public final class ImageTransform {
  private static final MarginCrop CENTRE = new MarginCrop(true);

  private static final int COLOURS = 3;

  private final ImageSpec spec;
  private final float[][] tables;
  private final BicubicResizer resizer = new BicubicResizer();
  private final byte[] resized;

  /**
   * For a model.
   *
   * @param spec the images it takes
   * @param normalization as many channels as these images
   */
  public ImageTransform(ImageSpec spec, Normalization normalization) {
    if (normalization.channels() != spec.channels()) {
      throw new IllegalArgumentException(
          "normalisation of "
              + normalization.channels()
              + " channels for images of "
              + spec.channels());
    }
    this.spec = spec;
    this.resized = new byte[spec.height() * spec.width() * spec.channels()];
    this.tables = new float[spec.channels()][];
    for (int c = 0; c < tables.length; c++) {
      tables[c] = normalization.table(c);
    }
  }

  /** C·H·W, the values of one input. */
  public int values() {
    return resized.length;
  }

  /**
   * The augmentation of training: an image cut to the model's size, mirrored by chance, perhaps
   * distorted further.
   *
   * @param image a decoded image [h, w, c]
   * @param cropping how to cut it
   * @param cropRandom decides where
   * @param flipProbability how often to mirror, 0..1
   * @param flipRandom decides it
   * @param distortion changes the resized image [H, W, C] to another of that size; may write into
   *     it
   * @param target receives C·H·W values
   * @param offset where in the target they begin
   */
  public void augment(
      PixelImage image,
      Cropping cropping,
      Draws cropRandom,
      double flipProbability,
      Draws flipRandom,
      UnaryOperator<PixelImage> distortion,
      float[] target,
      int offset) {
    boolean mirrored = flipRandom.unit() < flipProbability;
    cut(image, cropping, cropRandom);
    if (mirrored) {
      mirror(resized);
    }
    PixelImage cut = new PixelImage(spec.height(), spec.width(), spec.channels(), resized);
    normalise(distortion.apply(cut).samples(), target, offset);
  }

  /**
   * The evaluation of the published recipe: the centre of a {@link MarginCrop}. An image that
   * already has the model's size is taken as it is.
   *
   * @param image a decoded image [h, w, c]
   * @param target receives C·H·W values
   * @param offset where in the target they begin
   */
  public void evaluate(PixelImage image, float[] target, int offset) {
    cut(image, CENTRE, new Draws(0));
    normalise(resized, target, offset);
  }

  private void cut(PixelImage image, Cropping cropping, Draws random) {
    Cropping.Cut cut =
        cropping.cut(image.height(), image.width(), spec.height(), spec.width(), random);
    resizer.resize(
        Channels.convert(image, spec.channels()),
        cut.source(),
        cut.height(),
        cut.width(),
        cut.window(),
        resized);
  }

  private void mirror(byte[] samples) {
    int channels = spec.channels();
    int stride = spec.width() * channels;
    for (int start = 0; start < samples.length; start += stride) {
      for (int left = 0, right = stride - channels;
          left < right;
          left += channels, right -= channels) {
        for (int c = 0; c < channels; c++) {
          byte kept = samples[start + left + c];
          samples[start + left + c] = samples[start + right + c];
          samples[start + right + c] = kept;
        }
      }
    }
  }

  private void normalise(byte[] samples, float[] target, int offset) {
    int channels = spec.channels();
    int pixels = samples.length / channels;
    if (channels == COLOURS) {
      normaliseColours(samples, target, offset, pixels);
      return;
    }
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < pixels; i++) {
        target[offset + c * pixels + i] = tables[c][samples[channels * i + c] & 0xff];
      }
    }
  }

  /** All channels in one pass over the samples, at distances that the compiler knows. */
  private void normaliseColours(byte[] samples, float[] target, int offset, int pixels) {
    float[] red = tables[0];
    float[] green = tables[1];
    float[] blue = tables[2];
    for (int i = 0; i < pixels; i++) {
      target[offset + i] = red[samples[COLOURS * i] & 0xff];
      target[offset + pixels + i] = green[samples[COLOURS * i + 1] & 0xff];
      target[offset + 2 * pixels + i] = blue[samples[COLOURS * i + 2] & 0xff];
    }
  }
}
