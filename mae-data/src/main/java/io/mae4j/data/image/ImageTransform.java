package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import io.mae4j.api.model.ImageSpec;
import java.util.random.RandomGenerator;

/**
 * Makes a model's input of a decoded image: the channels it takes, cropped, resized, perhaps
 * mirrored, normalised, in the order channel, row, column. Keeps its buffers, so each thread needs
 * its own.
 */
public final class ImageTransform {
  private static final int MARGIN_UP_TO = 224;

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
   * The augmentation of the published pre-training: a random crop resized to the model's size,
   * mirrored by chance.
   *
   * @param image a decoded image [h, w, c]
   * @param crop how to choose the crop
   * @param cropRandom chooses it
   * @param flipProbability how often to mirror, 0..1
   * @param flipRandom decides it
   * @param target receives C·H·W values
   * @param offset where in the target they begin
   */
  public void augment(
      PixelImage image,
      RandomResizedCrop crop,
      RandomGenerator cropRandom,
      double flipProbability,
      RandomGenerator flipRandom,
      float[] target,
      int offset) {
    Crop chosen = crop.choose(image.height(), image.width(), cropRandom);
    boolean mirrored = Draws.unit(flipRandom) < flipProbability;
    resizer.resize(
        Channels.convert(image, spec.channels()), chosen, spec.height(), spec.width(), resized);
    normalise(resized, mirrored, target, offset);
  }

  /**
   * The evaluation of the published recipe: the shorter side is resized to 256/224 of the model's
   * (to the model's own above 224 pixels), then the middle is cut out. An image that already has
   * the model's size is taken as it is.
   *
   * @param image a decoded image [h, w, c]
   * @param target receives C·H·W values
   * @param offset where in the target they begin
   */
  public void evaluate(PixelImage image, float[] target, int offset) {
    PixelImage converted = Channels.convert(image, spec.channels());
    if (image.height() == spec.height() && image.width() == spec.width()) {
      normalise(converted.samples(), false, target, offset);
      return;
    }
    int minHeight = withMargin(spec.height());
    int minWidth = withMargin(spec.width());
    int height;
    int width;
    if ((long) minHeight * image.width() <= (long) minWidth * image.height()) {
      width = minWidth;
      height = (int) ((long) minWidth * image.height() / image.width());
    } else {
      height = minHeight;
      width = (int) ((long) minHeight * image.width() / image.height());
    }
    Crop centre = Crop.centre(height, width, spec.height(), spec.width());
    Crop whole = Crop.whole(image.height(), image.width());
    resizer.resize(converted, whole, height, width, centre, resized);
    normalise(resized, false, target, offset);
  }

  private static int withMargin(int side) {
    return side <= MARGIN_UP_TO ? (int) (side / (224 / 256.0)) : side;
  }

  private void normalise(byte[] samples, boolean mirrored, float[] target, int offset) {
    int channels = spec.channels();
    int width = spec.width();
    int step = mirrored ? -channels : channels;
    int to = offset;
    for (int c = 0; c < channels; c++) {
      float[] table = tables[c];
      for (int row = 0; row < spec.height(); row++) {
        int from = (row * width + (mirrored ? width - 1 : 0)) * channels + c;
        for (int column = 0; column < width; column++) {
          target[to + column] = table[samples[from + column * step] & 0xff];
        }
        to += width;
      }
    }
  }
}
