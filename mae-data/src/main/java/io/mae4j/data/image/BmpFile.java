package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.uint16Little;
import static io.mae4j.data.image.Bytes.uint32Little;

/** The header of a BMP file: the platform's reader leaves rows that are missing black. */
final class BmpFile {
  private static final int FILE_HEADER = 14;
  private static final int OS2_HEADER = 12;
  private static final int WINDOWS_HEADER = 40;
  private static final int PLAIN = 0;
  private static final int RUN_LENGTHS_8 = 1;
  private static final int RUN_LENGTHS_4 = 2;
  private static final int MASKS = 3;
  private static final int MASKS_WITH_ALPHA = 6;

  private BmpFile() {}

  /**
   * Checks that all rows are there, the last one with its padding.
   *
   * @throws DamagedImageException if the file is shorter than its header says, or compressed with
   *     something else than run lengths
   */
  static void check(byte[] file) throws DamagedImageException {
    require(file, FILE_HEADER + OS2_HEADER);
    long pixels = uint32Little(file, 10);
    long header = uint32Little(file, FILE_HEADER);
    if (header < WINDOWS_HEADER) {
      long width = uint16Little(file, 18);
      long height = uint16Little(file, 20);
      require(file, pixels + stride(width, uint16Little(file, 24)) * height);
      return;
    }
    require(file, FILE_HEADER + WINDOWS_HEADER);
    long width = uint32Little(file, 18);
    // Rows from top to bottom are written as a negative height.
    long height = Math.abs((long) (int) uint32Little(file, 22));
    int compression = (int) Math.min(Integer.MAX_VALUE, uint32Little(file, 30));
    switch (compression) {
      case PLAIN, MASKS, MASKS_WITH_ALPHA ->
          require(file, pixels + stride(width, uint16Little(file, 28)) * height);
      case RUN_LENGTHS_8, RUN_LENGTHS_4 -> {
        long end = pixels + uint32Little(file, 34);
        require(file, end);
        long found = BmpRuns.count(file, (int) pixels, (int) end, width, compression);
        if (found < width * height) {
          throw new DamagedImageException(
              "BMP with " + found + " of " + width * height + " pixels");
        }
      }
      default ->
          throw new DamagedImageException(
              "BMP of compression " + compression + " is not supported");
    }
  }

  /** The bytes of a row: a multiple of four. */
  private static long stride(long width, int bits) {
    return (width * bits + 31) / 32 * 4;
  }

  private static void require(byte[] file, long length) throws DamagedImageException {
    if (length < 0 || length > file.length) {
      throw new DamagedImageException(
          "truncated BMP: " + file.length + " of at least " + length + " bytes");
    }
  }
}
