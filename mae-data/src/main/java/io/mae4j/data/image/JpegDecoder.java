package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG with the platform's libjpeg, taking its raw components and converting colours here:
 * the platform's own conversion guesses colour spaces, applies embedded profiles and gets CMYK
 * wrong.
 */
final class JpegDecoder {

  private JpegDecoder() {}

  /** Decodes the picture, one or three channels, not yet turned upright. */
  static PixelImage decode(JpegFile jpeg) throws IOException {
    byte[] samples = components(jpeg);
    return switch (jpeg.colour()) {
      case GREY -> new PixelImage(jpeg.height(), jpeg.width(), 1, samples);
      case RGB -> rgb(jpeg, samples);
      case YCBCR -> {
        JpegColours.yCbCrToRgb(samples);
        yield rgb(jpeg, samples);
      }
      case CMYK -> rgb(jpeg, JpegColours.cmykToRgb(samples, false));
      case YCCK -> rgb(jpeg, JpegColours.cmykToRgb(samples, true));
    };
  }

  private static PixelImage rgb(JpegFile jpeg, byte[] samples) {
    return new PixelImage(jpeg.height(), jpeg.width(), 3, samples);
  }

  private static byte[] components(JpegFile jpeg) throws IOException {
    ImageReader reader = platformReader();
    List<String> warnings = new ArrayList<>();
    try (ByteArrayImageInputStream input = new ByteArrayImageInputStream(jpeg.pixelsOnly())) {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(input, true, true);
      Raster raster = reader.readRaster(0, null);
      for (String warning : warnings) {
        if (tellsOfLostPixels(warning)) {
          throw new DamagedImageException(warning);
        }
      }
      return samples(jpeg, raster);
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
