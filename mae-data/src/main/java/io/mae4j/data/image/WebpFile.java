package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.matches;
import static io.mae4j.data.image.Bytes.uint32Little;

import java.util.Arrays;

/** The RIFF chunks of a WebP file. */
final class WebpFile {
  private static final int HEADER = 12;
  private static final int CHUNK_HEADER = 8;

  private WebpFile() {}

  /**
   * The Exif block as a TIFF file, empty if there is none.
   *
   * @throws DamagedImageException if the file is shorter than it says
   */
  static byte[] exif(byte[] file) throws DamagedImageException {
    long end = uint32Little(file, 4) + CHUNK_HEADER;
    if (end > file.length) {
      throw new DamagedImageException("truncated WebP: " + file.length + " of " + end + " bytes");
    }
    long at = HEADER;
    while (at + CHUNK_HEADER <= end) {
      long length = uint32Little(file, (int) at + 4);
      if (at + CHUNK_HEADER + length > end) {
        throw new DamagedImageException("WebP chunk at byte " + at + " is longer than the file");
      }
      if (matches(file, (int) at, "EXIF")) {
        int from = (int) at + CHUNK_HEADER;
        // Some writers put the JPEG marker's text before the tags.
        from += matches(file, from, "Exif\0\0") && length >= 6 ? 6 : 0;
        return Arrays.copyOfRange(file, from, (int) (at + CHUNK_HEADER + length));
      }
      at += CHUNK_HEADER + length + (length & 1);
    }
    return new byte[0];
  }
}
