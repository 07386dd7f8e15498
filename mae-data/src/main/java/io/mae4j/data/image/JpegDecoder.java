package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG with the platform's libjpeg. Only the common colours, Y, Cb, Cr, are left to it to
 * convert, told by a JFIF header in its words: the platform itself guesses colour spaces, applies
 * embedded profiles and gets CMYK wrong, so that all others are taken as raw components and
 * converted here.
 */
final class JpegDecoder {
  private static final int[] RED_GREEN_BLUE = {0, 1, 2};

  private JpegDecoder() {}

  /** Decodes the picture, one or three channels, not yet turned upright. */
  static PixelImage decode(JpegFile jpeg) throws IOException {
    return decode(jpeg, jpeg.colour());
  }

  /** Decodes the picture, of whose components somebody else says what they mean. */
  static PixelImage decode(JpegFile jpeg, JpegFile.Colour colour) throws IOException {
    jpeg.checkClaim();
    return switch (colour) {
      case GREY -> new PixelImage(jpeg.height(), jpeg.width(), 1, components(jpeg));
      case RGB -> rgb(jpeg, components(jpeg));
      case YCBCR -> rgb(jpeg, converted(jpeg));
      case CMYK -> rgb(jpeg, JpegColours.cmykToRgb(components(jpeg), false));
      case INKS -> rgb(jpeg, JpegColours.inksToRgb(components(jpeg)));
      case YCCK -> rgb(jpeg, JpegColours.cmykToRgb(components(jpeg), true));
    };
  }

  private static PixelImage rgb(JpegFile jpeg, byte[] samples) {
    return new PixelImage(jpeg.height(), jpeg.width(), 3, samples);
  }

  private static byte[] components(JpegFile jpeg) throws IOException {
    return samples(jpeg, read(jpeg.pixelsOnly(), reader -> reader.readRaster(0, null)));
  }

  private static byte[] converted(JpegFile jpeg) throws IOException {
    BufferedImage image = image(jpeg.height(), jpeg.width());
    Raster raster =
        read(
            jpeg.pixelsAsJfif(),
            reader -> {
              ImageReadParam into = reader.getDefaultReadParam();
              into.setDestination(image);
              return reader.read(0, into).getRaster();
            });
    return samples(jpeg, raster);
  }

  /** A picture whose samples lie as ours do, in the order row, column, channel. */
  private static BufferedImage image(int height, int width) {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE, width, height, 3 * width, 3, RED_GREEN_BLUE, null);
    return new BufferedImage(model, raster, false, null);
  }

  /** What is asked of a reader. */
  @FunctionalInterface
  private interface Reading {
    Raster of(ImageReader reader) throws IOException;
  }

  private static Raster read(byte[] file, Reading reading) throws IOException {
    ImageReader reader = platformReader();
    List<String> warnings = new ArrayList<>();
    try (ByteArrayImageInputStream input = new ByteArrayImageInputStream(file)) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(input, true, true);
      Raster raster = reading.of(reader);
      for (String warning : warnings) {
        if (tellsOfLostPixels(warning)) {
          throw new DamagedImageException(warning);
        }
      }
      return raster;
    } finally {
      reader.dispose();
    }
  }

  private static byte[] samples(JpegFile jpeg, Raster raster) throws DamagedImageException {
    if (raster.getWidth() != jpeg.width()
        || raster.getHeight() != jpeg.height()
        || raster.getNumBands() != jpeg.components()
        || !(raster.getDataBuffer() instanceof DataBufferByte)) {
      throw new DamagedImageException("JPEG decoded to another size than its header says");
    }
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    if (samples.length != jpeg.width() * jpeg.height() * jpeg.components()) {
      throw new DamagedImageException("JPEG decoded to " + samples.length + " samples");
    }
    return samples;
  }

  /**
   * libjpeg goes on after most errors; bytes too many between segments do no harm, the others
   * replace pixels by grey.
   */
  private static boolean tellsOfLostPixels(String warning) {
    return warning.startsWith("Premature end")
        || (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes"));
  }

  private static ImageReader platformReader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
    }
    throw new IllegalStateException("this Java platform has no JPEG reader (module java.desktop)");
  }
}
