package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.uint16;
import static io.mae4j.data.image.Bytes.uint16Little;
import static io.mae4j.data.image.Bytes.uint32;
import static io.mae4j.data.image.Bytes.uint32Little;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a TIFF file (TIFF 6.0, section 2), checked against its bytes: the reader does
 * with what is there when values or strips lie behind the end of the file. The picture is that of
 * the first directory.
 */
final class TiffFile {

  /**
   * A strip or tile.
   *
   * @param from its first byte
   * @param to one more than its last
   * @param x its left edge in the picture, in pixels
   * @param y its upper edge
   * @param width in pixels; a tile may reach beyond the picture
   * @param height in pixels
   */
  record Segment(int from, int to, int x, int y, int width, int height) {}

  /** A tag's values, which lie inside of the file. */
  private record Values(int type, int count, int place) {}

  private static final int ENTRY = 12;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int UNDEFINED = 7;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int COLOURS = 262;
  private static final int FILL_ORDER = 266;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int PLANES = 284;
  private static final int FAX_OPTIONS = 292;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTE_COUNTS = 325;
  private static final int JPEG_TABLES = 347;

  private static final int YCBCR = 6;
  private static final int MAX_SAMPLES = 8;
  private static final int MAX_SEGMENTS = 1 << 20;

  /** The bytes of a value of each type, from 1 to 13. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  /** How the samples are compressed. */
  enum Compression {
    /** As they are: none may be missing. */
    NONE(1),
    FAX_RUNS(0),
    FAX_3(0),
    FAX_4(0),
    /** 4096 codes of nine bits and more, of which each stands for fewer bytes than there are. */
    LZW(4096),
    JPEG(0),
    /** RFC 1951: 258 bytes out of two bits. */
    DEFLATE(1032),
    /** 128 bytes out of two. */
    PACK_BITS(64);

    private final int mostExpansion;

    Compression(int mostExpansion) {
      this.mostExpansion = mostExpansion;
    }

    private static Compression of(long number) throws DamagedImageException {
      return switch ((int) number) {
        case 1 -> NONE;
        case 2 -> FAX_RUNS;
        case 3 -> FAX_3;
        case 4 -> FAX_4;
        case 5 -> LZW;
        case 7 -> JPEG;
        case 8, 32_946 -> DEFLATE;
        case 32_773 -> PACK_BITS;
        default ->
            throw new DamagedImageException("TIFF of compression " + number + " is not supported");
      };
    }
  }

  private final byte[] file;
  private final boolean little;
  private final Map<Integer, Values> tags = new HashMap<>();

  private TiffFile(byte[] file) {
    this.file = file;
    this.little = file[0] == 'I';
  }

  /**
   * Walks all directories and the places of their strips or tiles.
   *
   * @throws DamagedImageException if something lies behind the end of the file, or the first
   *     directory describes no picture
   */
  static TiffFile parse(byte[] file) throws DamagedImageException {
    TiffFile tiff = new TiffFile(file);
    tiff.walk();
    for (int tag : new int[] {WIDTH, HEIGHT}) {
      if (tiff.number(tag, 0) < 1) {
        throw new DamagedImageException("TIFF without a size");
      }
    }
    if (tiff.samples() < 1 || tiff.samples() > MAX_SAMPLES) {
      throw new DamagedImageException(
          "TIFF with " + tiff.number(SAMPLES, 1) + " samples a pixel is not supported");
    }
    return tiff;
  }

  byte[] file() {
    return file;
  }

  long width() {
    return number(WIDTH, 0);
  }

  long height() {
    return number(HEIGHT, 0);
  }

  /** Width of a tile; 0 where there are strips. */
  long tileWidth() {
    return number(TILE_WIDTH, 0);
  }

  /** Height of a tile; 0 where there are strips. */
  long tileHeight() {
    return number(TILE_HEIGHT, 0);
  }

  /** How many samples a pixel has, of whatever meaning. */
  int samples() {
    return (int) Math.min(Integer.MAX_VALUE, number(SAMPLES, 1));
  }

  /** Bits of the first sample. */
  int bits() {
    return (int) number(BITS, 1);
  }

  /** What the samples mean: 0 and 1 grey, 2 red-green-blue, 5 inks, 6 Y, Cb, Cr. */
  int colours() {
    return (int) number(COLOURS, 0);
  }

  /** Whether each sample has strips of its own. */
  boolean inPlanes() {
    return samples() > 1 && number(PLANES, 1) == 2;
  }

  /** Whether bits are counted from the lowest of a byte. */
  boolean lowestBitFirst() {
    return number(FILL_ORDER, 1) == 2;
  }

  /** Of fax compression 3: bit 0 says that lines may depend on the one before. */
  int faxOptions() {
    return (int) number(FAX_OPTIONS, 0);
  }

  Compression compression() throws DamagedImageException {
    return Compression.of(number(COMPRESSION, 1));
  }

  /** The tables that the JPEG streams of all segments share; empty if there are none. */
  byte[] jpegTables() {
    Values values = tags.get(JPEG_TABLES);
    return values == null || values.type() != UNDEFINED
        ? new byte[0]
        : Arrays.copyOfRange(file, values.place(), values.place() + values.count());
  }

  /**
   * Refuses what cannot be all there: fewer bytes than the claimed pixels need at the least.
   *
   * @throws DamagedImageException if so
   */
  void checkClaim() throws DamagedImageException {
    int most = compression().mostExpansion;
    if (most == 0) {
      return; // Decoded here, which notices by itself.
    }
    // Of halved chroma it is not known how much there is, but luma is whole.
    long row = (width() * bits() * (colours() == YCBCR ? 1 : samples()) + 7) / 8;
    long bytes = file.length;
    if (most > 1) {
      bytes = 0;
      for (Segment segment : segments()) {
        bytes += segment.to() - segment.from();
      }
    }
    if (bytes * most / height() < row) {
      throw new DamagedImageException(
          "truncated TIFF: %d bytes are too few for %d by %d pixels"
              .formatted(bytes, width(), height()));
    }
  }

  /** The strips or tiles of the picture, those of all planes. */
  List<Segment> segments() throws DamagedImageException {
    boolean tiled = tags.containsKey(TILE_OFFSETS);
    long[] offsets = numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    long[] counts = numbers(tiled ? TILE_BYTE_COUNTS : STRIP_BYTE_COUNTS);
    long segmentWidth = tiled ? tileWidth() : width();
    long segmentHeight =
        tiled ? tileHeight() : Math.min(height(), number(ROWS_PER_STRIP, height()));
    if (segmentWidth < 1 || segmentHeight < 1) {
      throw new DamagedImageException("TIFF with empty tiles or strips");
    }
    long across = (width() - 1) / segmentWidth + 1;
    long down = (height() - 1) / segmentHeight + 1;
    long count = across * down * (inPlanes() ? samples() : 1);
    if (count > MAX_SEGMENTS || count > offsets.length) {
      throw new DamagedImageException(
          "truncated TIFF: " + offsets.length + " of " + count + " tiles or strips");
    }
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long y = i / across % down * segmentHeight;
      long height = tiled ? segmentHeight : Math.min(segmentHeight, height() - y);
      long to = i < counts.length ? offsets[i] + counts[i] : file.length;
      require(offsets[i], to - offsets[i]);
      segments.add(
          new Segment(
              (int) offsets[i],
              (int) to,
              (int) (i % across * segmentWidth),
              (int) y,
              (int) segmentWidth,
              (int) height));
    }
    return segments;
  }

  private void walk() throws DamagedImageException {
    Set<Long> seen = new HashSet<>();
    require(8, 0);
    long at = longNumber(4);
    while (at != 0 && seen.add(at)) {
      require(at, 2);
      int entries = shortNumber((int) at);
      long end = at + 2 + (long) entries * ENTRY;
      require(end, 4);
      checkEntries((int) at + 2, entries, seen.size() == 1);
      at = longNumber((int) end);
    }
  }

  private void checkEntries(int first, int entries, boolean kept) throws DamagedImageException {
    Map<Integer, Values> found = new HashMap<>();
    for (int i = 0; i < entries; i++) {
      int entry = first + i * ENTRY;
      int type = shortNumber(entry + 2);
      if (type == 0 || type >= TYPE_BYTES.length) {
        continue;
      }
      long count = longNumber(entry + 4);
      long bytes = count * TYPE_BYTES[type];
      long place = bytes <= 4 ? entry + 8 : longNumber(entry + 8);
      require(place, bytes);
      found.put(shortNumber(entry), new Values(type, (int) count, (int) place));
    }
    checkPlaces(found, STRIP_OFFSETS, STRIP_BYTE_COUNTS);
    checkPlaces(found, TILE_OFFSETS, TILE_BYTE_COUNTS);
    if (kept) {
      tags.putAll(found);
    }
  }

  private void checkPlaces(Map<Integer, Values> found, int offsetTag, int countTag)
      throws DamagedImageException {
    long[] offsets = numbers(found.get(offsetTag));
    long[] counts = numbers(found.get(countTag));
    for (int i = 0; i < Math.min(offsets.length, counts.length); i++) {
      require(offsets[i], counts[i]);
    }
  }

  private long number(int tag, long otherwise) {
    long[] numbers = numbers(tag);
    return numbers.length == 0 ? otherwise : numbers[0];
  }

  private long[] numbers(int tag) {
    return numbers(tags.get(tag));
  }

  private long[] numbers(@Nullable Values values) {
    if (values == null
        || (values.type() != BYTE && values.type() != SHORT && values.type() != LONG)) {
      return new long[0];
    }
    long[] numbers = new long[values.count()];
    for (int i = 0; i < numbers.length; i++) {
      int at = values.place() + i * TYPE_BYTES[values.type()];
      numbers[i] =
          switch (values.type()) {
            case BYTE -> Bytes.uint8(file, at);
            case SHORT -> shortNumber(at);
            default -> longNumber(at);
          };
    }
    return numbers;
  }

  private int shortNumber(int at) {
    return little ? uint16Little(file, at) : uint16(file, at);
  }

  private long longNumber(int at) {
    return little ? uint32Little(file, at) : uint32(file, at);
  }

  private void require(long at, long bytes) throws DamagedImageException {
    if (at + bytes > file.length) {
      throw new DamagedImageException(
          "truncated TIFF: " + file.length + " of at least " + (at + bytes) + " bytes");
    }
  }
}
