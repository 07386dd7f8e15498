package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.matches;
import static io.mae4j.data.image.Bytes.uint32Little;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * The RIFF chunks of a WebP file. {@link #pixelsOnly} leaves out colour profile and metadata: the
 * reader would apply the one, and warn of the other.
 */
final class WebpFile {
  private static final int HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  /** The bits of an extended header that announce a profile, Exif and XMP. */
  private static final int METADATA_FLAGS = 0x20 | 0x08 | 0x04;

  private final byte[] exif;
  private final byte[] pixelsOnly;

  private WebpFile(byte[] exif, byte[] pixelsOnly) {
    this.exif = exif;
    this.pixelsOnly = pixelsOnly;
  }

  /**
   * Walks a file.
   *
   * @throws DamagedImageException if it or one of its chunks is shorter than it says
   */
  static WebpFile parse(byte[] file) throws DamagedImageException {
    long end = uint32Little(file, 4) + CHUNK_HEADER;
    if (end > file.length) {
      throw new DamagedImageException("truncated WebP: " + file.length + " of " + end + " bytes");
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
    kept.write(file, 0, HEADER);
    byte[] exif = {};
    int at = HEADER;
    while (at + CHUNK_HEADER <= end) {
      long length = uint32Little(file, at + 4);
      if (at + CHUNK_HEADER + length > end) {
        throw new DamagedImageException("WebP chunk at byte " + at + " is longer than the file");
      }
      // A chunk of odd length is padded; some writers forget that at the end.
      int next = (int) Math.min(end, at + CHUNK_HEADER + length + (length & 1));
      if (matches(file, at, "EXIF")) {
        exif = exif(file, at + CHUNK_HEADER, (int) length);
      } else if (!matches(file, at, "ICCP") && !matches(file, at, "XMP ")) {
        kept.write(file, at, next - at);
      }
      at = next;
    }
    return new WebpFile(exif, finish(kept.toByteArray()));
  }

  /** The Exif block as a TIFF file, empty if there is none. */
  byte[] exif() {
    return exif;
  }

  /** The file with the chunks of its picture alone. */
  byte[] pixelsOnly() {
    return pixelsOnly;
  }

  /** Some writers put the JPEG marker's text before the tags. */
  private static byte[] exif(byte[] file, int from, int length) {
    int skipped = length >= 6 && matches(file, from, "Exif\0\0") ? 6 : 0;
    return Arrays.copyOfRange(file, from + skipped, from + length);
  }

  private static byte[] finish(byte[] kept) {
    int size = kept.length - CHUNK_HEADER;
    for (int i = 0; i < 4; i++) {
      kept[4 + i] = (byte) (size >> (8 * i));
    }
    int flags = HEADER + CHUNK_HEADER;
    if (matches(kept, HEADER, "VP8X") && kept.length > flags) {
      kept[flags] &= (byte) ~METADATA_FLAGS;
    }
    return kept;
  }
}
