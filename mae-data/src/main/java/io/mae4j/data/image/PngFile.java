package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.matches;
import static io.mae4j.data.image.Bytes.uint32;
import static io.mae4j.data.image.Bytes.uint8;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file, each checked against its checksum. {@link #pixelsOnly} leaves out
 * everything but the picture: profiles, gamma, text and animation frames never reach the decoder.
 */
final class PngFile {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_OVERHEAD = 12;

  /** Deflate makes at most 1032 bytes of one (RFC 1951: 258 bytes out of two bits). */
  private static final int MAX_EXPANSION = 1032;

  /** Samples of a pixel by colour type (PNG, section 11.2.1). */
  private static final int[] SAMPLES = {1, 0, 3, 1, 2, 0, 4};

  private final long width;
  private final long height;
  private final long compressed;
  private final byte[] exif;
  private final byte[] pixelsOnly;

  private PngFile(long width, long height, long compressed, byte[] exif, byte[] pixelsOnly) {
    this.width = width;
    this.height = height;
    this.compressed = compressed;
    this.exif = exif;
    this.pixelsOnly = pixelsOnly;
  }

  /**
   * Walks a file.
   *
   * @throws DamagedImageException if it ends early or a checksum is wrong
   */
  static PngFile parse(byte[] file) throws DamagedImageException {
    if (!matches(file, SIGNATURE + 4, "IHDR") || file.length < SIGNATURE + CHUNK_OVERHEAD + 13) {
      throw new DamagedImageException("PNG without a header chunk");
    }
    byte[] kept = new byte[file.length];
    System.arraycopy(file, 0, kept, 0, SIGNATURE);
    int keptLength = SIGNATURE;
    byte[] exif = {};
    long compressed = 0;
    int position = SIGNATURE;
    while (true) {
      if (position + CHUNK_OVERHEAD > file.length
          || uint32(file, position) > file.length - position - CHUNK_OVERHEAD) {
        throw new DamagedImageException(
            "truncated PNG: " + file.length + " bytes end without an end chunk");
      }
      int length = (int) uint32(file, position);
      int end = position + CHUNK_OVERHEAD + length;
      check(file, position, length);
      if (belongsToPicture(file, position + 4)) {
        System.arraycopy(file, position, kept, keptLength, end - position);
        keptLength += end - position;
      } else if (matches(file, position + 4, "eXIf")) {
        exif = Arrays.copyOfRange(file, position + 8, position + 8 + length);
      }
      if (matches(file, position + 4, "IDAT")) {
        compressed += length;
      }
      if (matches(file, position + 4, "IEND")) {
        return new PngFile(
            uint32(file, SIGNATURE + 8),
            uint32(file, SIGNATURE + 12),
            compressed,
            exif,
            Arrays.copyOf(kept, keptLength));
      }
      position = end;
    }
  }

  /**
   * Refuses what cannot be all there.
   *
   * @throws DamagedImageException if it has fewer bytes than its rows need
   */
  void checkClaim() throws DamagedImageException {
    int depth = uint8(pixelsOnly, SIGNATURE + 16);
    int type = uint8(pixelsOnly, SIGNATURE + 17);
    int samples = type < SAMPLES.length ? SAMPLES[type] : 0;
    if (compressed * MAX_EXPANSION < height * (width * depth * samples / Byte.SIZE)) {
      throw new DamagedImageException(
          "truncated PNG: %d bytes are too few for %d by %d pixels"
              .formatted(compressed, width, height));
    }
  }

  long width() {
    return width;
  }

  long height() {
    return height;
  }

  /** The Exif block as a TIFF file, empty if there is none. */
  byte[] exif() {
    return exif;
  }

  /** The file with the chunks of its picture alone. */
  byte[] pixelsOnly() {
    return pixelsOnly;
  }

  private static boolean belongsToPicture(byte[] file, int type) {
    return matches(file, type, "IHDR")
        || matches(file, type, "PLTE")
        || matches(file, type, "IDAT")
        || matches(file, type, "IEND");
  }

  private static void check(byte[] file, int position, int length) throws DamagedImageException {
    CRC32 crc = new CRC32();
    crc.update(file, position + 4, 4 + length);
    if (crc.getValue() != uint32(file, position + 8 + length)) {
      throw new DamagedImageException("PNG chunk at byte " + position + " has a wrong checksum");
    }
  }
}
