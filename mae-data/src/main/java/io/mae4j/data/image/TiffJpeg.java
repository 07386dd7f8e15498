package io.mae4j.data.image;

import io.mae4j.api.data.PixelImage;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes the JPEG streams of a TIFF file (TIFF Technical Note 2), each a strip or tile, like JPEG
 * files, so that what holds for those holds here.
 */
final class TiffJpeg {
  private static final int MARKER = 2;

  private TiffJpeg() {}

  /** Decodes the picture, one or three channels, not yet turned upright. */
  static PixelImage decode(TiffFile tiff) throws IOException {
    if (tiff.inPlanes() || tiff.bits() != Byte.SIZE) {
      throw new DamagedImageException(
          "TIFF of JPEG streams in planes or of "
              + tiff.bits()
              + " bits a sample is not supported");
    }
    int height = (int) tiff.height();
    int width = (int) tiff.width();
    int channels = tiff.samples() == 1 ? 1 : 3;
    byte[] samples = new byte[Math.multiplyExact(height * channels, width)];
    byte[] tables = tiff.jpegTables();
    for (TiffFile.Segment segment : tiff.segments()) {
      PixelImage part = part(tiff, segment, tables);
      int rows = Math.min(segment.height(), height - segment.y());
      int length = Math.min(segment.width(), width - segment.x()) * channels;
      for (int row = 0; row < rows; row++) {
        int to = ((segment.y() + row) * width + segment.x()) * channels;
        System.arraycopy(part.samples(), row * part.width() * channels, samples, to, length);
      }
    }
    return new PixelImage(height, width, channels, samples);
  }

  private static PixelImage part(TiffFile tiff, TiffFile.Segment segment, byte[] tables)
      throws IOException {
    byte[] stream = Arrays.copyOfRange(tiff.file(), segment.from(), segment.to());
    JpegFile jpeg = JpegFile.parse(joined(tables, stream));
    if (jpeg.width() != segment.width()
        || jpeg.height() < segment.height()
        || jpeg.components() != tiff.samples()) {
      throw new DamagedImageException(
          "TIFF with a JPEG stream of %d by %d pixels and %d components for %d by %d and %d"
              .formatted(
                  jpeg.width(),
                  jpeg.height(),
                  jpeg.components(),
                  segment.width(),
                  segment.height(),
                  tiff.samples()));
    }
    return switch (tiff.colours()) {
      case 0 -> inverted(JpegDecoder.decode(jpeg, JpegFile.Colour.GREY));
      case 1 -> JpegDecoder.decode(jpeg, JpegFile.Colour.GREY);
      case 2 -> JpegDecoder.decode(jpeg, JpegFile.Colour.RGB);
      case 5 -> JpegDecoder.decode(jpeg, JpegFile.Colour.INKS);
      case 6 -> JpegDecoder.decode(jpeg, JpegFile.Colour.YCBCR);
      default ->
          throw new DamagedImageException(
              "TIFF of JPEG streams with colours " + tiff.colours() + " is not supported");
    };
  }

  /** The stream with the shared tables behind its first marker. */
  private static byte[] joined(byte[] tables, byte[] stream) {
    if (tables.length < 2 * MARKER || stream.length < MARKER) {
      return stream;
    }
    int shared = tables.length - MARKER; // without its end-of-image marker
    byte[] joined = Arrays.copyOf(tables, shared + stream.length - MARKER);
    System.arraycopy(stream, MARKER, joined, shared, stream.length - MARKER);
    return joined;
  }

  private static PixelImage inverted(PixelImage image) {
    for (int i = 0; i < image.samples().length; i++) {
      image.samples()[i] = (byte) ~image.samples()[i];
    }
    return image;
  }
}
