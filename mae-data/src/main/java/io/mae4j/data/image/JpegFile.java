package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.matches;
import static io.mae4j.data.image.Bytes.uint16;
import static io.mae4j.data.image.Bytes.uint8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The marker segments of a JPEG file (ITU-T T.81, annex B), walked from the first to the
 * end-of-image marker. What the walk finds decides the colours as libjpeg decides them; {@link
 * #pixelsOnly} leaves out every application segment, so that no embedded profile, thumbnail or odd
 * metadata reaches the decoder.
 */
final class JpegFile {

  /** What the components mean. */
  enum Colour {
    GREY,
    RGB,
    YCBCR,
    /** Inverted, as Adobe writes them. */
    CMYK,
    YCCK,
    /** Not inverted, as TIFF writes them. */
    INKS
  }

  /** A part of the file. */
  private record Range(int from, int to) {
    int length() {
      return to - from;
    }
  }

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOWEST_BITS = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final byte[] NOTHING = {};
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COMMENT = 0xfe;
  private static final int TEMPORARY = 0x01;

  /** Usual files have up to a dozen; each may cost a pass over the whole picture. */
  private static final int MAX_SCANS = 100;

  /** A block of 8×8 samples takes at least a bit in one of the scans. */
  private static final int BLOCK = 8;

  /** An APP0 segment of version 1.01, square pixels, no thumbnail (JFIF 1.02, page 5). */
  private static final byte[] JFIF_HEADER = {
    (byte) 0xff, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
  };

  private final byte[] file;
  private final List<Range> kept = new ArrayList<>();
  private int position = 2;
  private boolean jfif;
  private int adobeTransform = -1;
  private int width;
  private int height;
  private int scans;
  private long scanBytes;
  private int[] componentIds = {};
  private byte[] exif = {};

  private JpegFile(byte[] file) {
    this.file = file;
  }

  /**
   * Walks a file.
   *
   * @throws DamagedImageException if it ends early, or is a kind of JPEG that cannot be decoded
   */
  static JpegFile parse(byte[] file) throws DamagedImageException {
    JpegFile jpeg = new JpegFile(file);
    jpeg.keep(0, 2);
    jpeg.walk();
    return jpeg;
  }

  /**
   * Refuses what cannot be all there, or would take more time than its pixels justify.
   *
   * @throws DamagedImageException if it has fewer bytes than its blocks need, or more scans than
   *     any picture does
   */
  void checkClaim() throws DamagedImageException {
    if (scans > MAX_SCANS) {
      throw new DamagedImageException("JPEG with " + scans + " scans, more than " + MAX_SCANS);
    }
    long blocks = (long) ((width - 1) / BLOCK + 1) * ((height - 1) / BLOCK + 1);
    if (scanBytes * Byte.SIZE < blocks) {
      throw new DamagedImageException(
          "truncated JPEG: %d bytes are too few for %d by %d pixels"
              .formatted(scanBytes, width, height));
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int components() {
    return componentIds.length;
  }

  /** The Exif block as a TIFF file, empty if there is none. */
  byte[] exif() {
    return exif;
  }

  /** The file without application and comment segments, ending with its end-of-image marker. */
  byte[] pixelsOnly() {
    return assemble(NOTHING);
  }

  /** {@link #pixelsOnly} with a JFIF header, which says that the components are Y, Cb, Cr. */
  byte[] pixelsAsJfif() {
    return assemble(JFIF_HEADER);
  }

  /** What is kept of the file, with a header behind its first marker. */
  private byte[] assemble(byte[] header) {
    int length = header.length + kept.stream().mapToInt(Range::length).sum();
    byte[] bytes = new byte[length];
    int at = 0;
    for (Range range : kept) {
      System.arraycopy(file, range.from(), bytes, at, range.length());
      at += range.length();
      if (at == 2) {
        System.arraycopy(header, 0, bytes, at, header.length);
        at += header.length;
      }
    }
    return bytes;
  }

  /** What the components mean, by the rules of libjpeg's {@code default_decompress_parms}. */
  Colour colour() {
    if (componentIds.length == 1) {
      return Colour.GREY;
    }
    if (componentIds.length == 4) {
      return adobeTransform <= 0 ? Colour.CMYK : Colour.YCCK;
    }
    if (jfif) {
      return Colour.YCBCR;
    }
    if (adobeTransform >= 0) {
      return adobeTransform == 0 ? Colour.RGB : Colour.YCBCR;
    }
    return Arrays.equals(componentIds, new int[] {'R', 'G', 'B'}) ? Colour.RGB : Colour.YCBCR;
  }

  private void walk() throws DamagedImageException {
    while (true) {
      int marker = nextMarker();
      if (marker == EOI) {
        keep(position - 2, position);
        break;
      }
      if (marker == SOI || marker == TEMPORARY || isRestart(marker)) {
        continue;
      }
      int start = position;
      if (start + 2 > file.length) {
        throw truncated();
      }
      int end = start + uint16(file, start);
      if (end < start + 2) {
        throw new DamagedImageException(
            "JPEG segment at byte " + (start - 2) + " has an impossible length");
      }
      if (end > file.length) {
        throw truncated();
      }
      readSegment(marker, start, end);
      position = end;
      if (marker == SOS) {
        skipEntropyCodedData();
        keep(end, position);
        scans++;
        scanBytes += position - end;
      }
    }
    if (width == 0) {
      throw new DamagedImageException("JPEG without a picture");
    }
  }

  private void readSegment(int marker, int start, int end) throws DamagedImageException {
    if ((marker >= APP0 && marker <= APP15) || marker == COMMENT) {
      readApplicationData(marker, start + 2, end);
      return;
    }
    if (isFrame(marker)) {
      readFrame(marker, start, end);
    } else if (marker == SOS && width == 0) {
      throw new DamagedImageException("JPEG scan before its frame header");
    }
    keep(start - 2, end);
  }

  private void readApplicationData(int marker, int data, int end) {
    if (marker == APP0 && end - data >= 14 && matches(file, data, "JFIF\0")) {
      jfif = true;
    } else if (marker == APP14 && end - data >= 12 && matches(file, data, "Adobe")) {
      adobeTransform = uint8(file, data + 11);
    } else if (marker == APP1
        && exif.length == 0
        && end - data > 6
        && matches(file, data, "Exif\0")) {
      exif = Arrays.copyOfRange(file, data + 6, end);
    }
  }

  private void readFrame(int marker, int start, int end) throws DamagedImageException {
    if (marker > 0xc2) {
      throw new DamagedImageException(
          "lossless, hierarchical and arithmetic-coded JPEG are not supported");
    }
    if (width != 0) {
      throw new DamagedImageException("JPEG with two frame headers");
    }
    if (end - start < 8 || end - start < 8 + 3 * uint8(file, start + 7)) {
      throw new DamagedImageException("JPEG with a short frame header");
    }
    int precision = uint8(file, start + 2);
    if (precision != 8) {
      throw new DamagedImageException("JPEG with " + precision + " bits a sample is not supported");
    }
    height = uint16(file, start + 3);
    width = uint16(file, start + 5);
    componentIds = new int[uint8(file, start + 7)];
    for (int i = 0; i < componentIds.length; i++) {
      componentIds[i] = uint8(file, start + 8 + 3 * i);
    }
    if (height == 0 || width == 0) {
      throw new DamagedImageException("JPEG without a size");
    }
    if (componentIds.length != 1 && componentIds.length != 3 && componentIds.length != 4) {
      throw new DamagedImageException("JPEG with " + componentIds.length + " colour components");
    }
  }

  /** Moves behind the next marker; bytes that belong to none are skipped, as libjpeg does. */
  private int nextMarker() throws DamagedImageException {
    while (position + 1 < file.length) {
      if (uint8(file, position) == 0xff) {
        int marker = uint8(file, position + 1);
        if (marker != 0 && marker != 0xff) {
          position += 2;
          return marker;
        }
      }
      position++;
    }
    throw truncated();
  }

  private void skipEntropyCodedData() throws DamagedImageException {
    for (int at = nextFill(position); at + 1 < file.length; at = nextFill(at + 1)) {
      int next = uint8(file, at + 1);
      if (next != 0 && next != 0xff && !isRestart(next)) {
        position = at;
        return;
      }
    }
    throw truncated();
  }

  /** Where the next byte of value 255 is, found eight bytes at once; the file's end if none is. */
  private int nextFill(int from) {
    int at = from;
    while (at + Long.BYTES <= file.length) {
      long inverted = ~(long) LONGS.get(file, at);
      // A byte is zero where subtracting one from it borrows into its highest bit.
      long zeros = (inverted - LOWEST_BITS) & ~inverted & HIGHEST_BITS;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < file.length && file[at] != (byte) 0xff) {
      at++;
    }
    return at;
  }

  private DamagedImageException truncated() {
    return new DamagedImageException(
        "truncated JPEG: " + file.length + " bytes end without an end-of-image marker");
  }

  private void keep(int from, int to) {
    kept.add(new Range(from, to));
  }

  private static boolean isRestart(int marker) {
    return marker >= 0xd0 && marker <= 0xd7;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
