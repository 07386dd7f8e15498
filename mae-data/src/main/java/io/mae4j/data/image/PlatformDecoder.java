package io.mae4j.data.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import io.mae4j.api.data.PixelImage;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Decodes every format but JPEG and WebP with an ImageIO reader that is chosen here, not by the
 * order of a registry.
 */
final class PlatformDecoder {

  /** Refuses pictures that are too large before memory is set aside. */
  @FunctionalInterface
  interface SizeLimit {
    void check(long width, long height) throws DamagedImageException;
  }

  private PlatformDecoder() {}

  /** Decodes with a reader of the Java platform. */
  static PixelImage decode(String format, byte[] file, SizeLimit limit) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return decode(reader, file, limit);
      }
    }
    throw new IllegalStateException("this Java platform has no reader for " + format);
  }

  static PixelImage tiff(TiffFile tiff, SizeLimit limit) throws IOException {
    PixelImage image =
        decode(new TIFFImageReaderSpi().createReaderInstance(null), tiff.file(), limit);
    if (image.width() != tiff.width() || image.height() != tiff.height()) {
      throw new DamagedImageException("TIFF decoded to another size than its first directory says");
    }
    return image;
  }

  private static PixelImage decode(ImageReader reader, byte[] file, SizeLimit limit)
      throws IOException {
    try (ByteArrayImageInputStream input = new ByteArrayImageInputStream(file)) {
      reader.setInput(input, false, true);
      limit.check(reader.getWidth(0), reader.getHeight(0));
      return Rasters.pixels(reader.read(0));
    } finally {
      reader.dispose();
    }
  }
}
