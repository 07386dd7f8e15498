package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes the samples out of the platform's pictures as they are stored: no profile, no gamma, alpha
 * left out, the high byte of 16 bits. {@code BufferedImage.getRGB} would convert colour spaces, and
 * be wrong on grey.
 */
final class Rasters {

  private Rasters() {}

  /**
   * The samples, one or three channels.
   *
   * @throws DamagedImageException if the samples are of a kind that has no 8-bit meaning
   */
  static PixelImage pixels(BufferedImage image) throws DamagedImageException {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel indexed) {
      return palette(image.getRaster(), indexed);
    }
    if (model instanceof ComponentColorModel && !model.isAlphaPremultiplied()) {
      return components(image.getRaster(), model);
    }
    if (model instanceof DirectColorModel direct) {
      return packed(image.getRaster(), direct);
    }
    throw new DamagedImageException("pixels of the form " + model + " are not supported");
  }

  private static PixelImage palette(Raster raster, IndexColorModel model) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    int[] colours = new int[model.getMapSize()];
    model.getRGBs(colours);
    byte[] samples = new byte[height * width * 3];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int index : row) {
        int colour = index < colours.length ? colours[index] : 0;
        samples[at++] = (byte) (colour >> 16);
        samples[at++] = (byte) (colour >> 8);
        samples[at++] = (byte) colour;
      }
    }
    return new PixelImage(height, width, 3, samples);
  }

  private static PixelImage components(Raster raster, ColorModel model)
      throws DamagedImageException {
    int shift;
    if (raster.getTransferType() == DataBuffer.TYPE_BYTE) {
      shift = 0;
    } else if (raster.getTransferType() == DataBuffer.TYPE_USHORT) {
      shift = 8;
    } else {
      throw new DamagedImageException(
          "samples are neither 8 nor 16 bits; floating-point pictures are not supported");
    }
    boolean cmyk = model.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
    int colours = model.getNumColorComponents();
    if (colours != 1 && colours != 3 && !cmyk) {
      throw new DamagedImageException(colours + " colour channels are not supported");
    }
    byte[] samples = bands(raster, cmyk ? 4 : colours, shift);
    if (cmyk) {
      return new PixelImage(
          raster.getHeight(), raster.getWidth(), 3, JpegColours.inksToRgb(samples));
    }
    return new PixelImage(raster.getHeight(), raster.getWidth(), colours, samples);
  }

  private static byte[] bands(Raster raster, int bands, int shift) {
    int width = raster.getWidth();
    byte[] samples = new byte[raster.getHeight() * width * bands];
    int stored = raster.getNumBands();
    int[] row = new int[width * stored];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < bands; band++) {
          samples[at++] = (byte) (row[x * stored + band] >> shift);
        }
      }
    }
    return samples;
  }

  /** Channels of fewer than 8 bits are stretched, rounded down, as Pillow does it. */
  private static PixelImage packed(Raster raster, DirectColorModel model) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] samples = new byte[raster.getHeight() * width * 3];
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int largest = (1 << model.getComponentSize(c)) - 1;
          samples[at++] = (byte) (row[x * bands + c] * 255 / largest);
        }
      }
    }
    return new PixelImage(raster.getHeight(), width, 3, samples);
  }
}
