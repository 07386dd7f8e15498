package io.mae4j.data.image;

import static io.mae4j.data.image.Bytes.uint16;
import static io.mae4j.data.image.Bytes.uint16Little;
import static io.mae4j.data.image.Bytes.uint32;
import static io.mae4j.data.image.Bytes.uint32Little;

import java.util.HashSet;
import java.util.Set;

/**
 * The directories of a TIFF file (TIFF 6.0, section 2): the reader does with what is there when
 * values or strips lie behind the end of the file.
 */
final class TiffFile {
  private static final int ENTRY = 12;
  private static final int SHORT = 3;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTE_COUNTS = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTE_COUNTS = 325;

  /** The bytes of a value of each type, from 1 to 13. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private final byte[] file;
  private final boolean little;

  private TiffFile(byte[] file) {
    this.file = file;
    this.little = file[0] == 'I';
  }

  /**
   * Walks all directories and the places of their strips or tiles.
   *
   * @throws DamagedImageException if something lies behind the end of the file
   */
  static void check(byte[] file) throws DamagedImageException {
    new TiffFile(file).walk();
  }

  private void walk() throws DamagedImageException {
    Set<Long> seen = new HashSet<>();
    require(8, 0);
    long at = number(4);
    while (at != 0 && seen.add(at)) {
      require(at, 2);
      int entries = shortNumber((int) at);
      long end = at + 2 + (long) entries * ENTRY;
      require(end, 4);
      checkEntries((int) at + 2, entries);
      at = number((int) end);
    }
  }

  private void checkEntries(int first, int entries) throws DamagedImageException {
    long[] offsets = {};
    long[] counts = {};
    for (int i = 0; i < entries; i++) {
      int entry = first + i * ENTRY;
      int type = shortNumber(entry + 2);
      if (type == 0 || type >= TYPE_BYTES.length) {
        continue;
      }
      long bytes = number(entry + 4) * TYPE_BYTES[type];
      long place = bytes <= 4 ? entry + 8 : number(entry + 8);
      require(place, bytes);
      int tag = shortNumber(entry);
      if (tag == STRIP_OFFSETS || tag == TILE_OFFSETS) {
        offsets = numbers(entry, type, (int) place);
      } else if (tag == STRIP_BYTE_COUNTS || tag == TILE_BYTE_COUNTS) {
        counts = numbers(entry, type, (int) place);
      }
    }
    for (int i = 0; i < Math.min(offsets.length, counts.length); i++) {
      require(offsets[i], counts[i]);
    }
  }

  private long[] numbers(int entry, int type, int place) {
    long[] numbers = new long[(int) number(entry + 4)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          type == SHORT ? shortNumber(place + 2 * i) : number(place + TYPE_BYTES[type] * i);
    }
    return numbers;
  }

  private int shortNumber(int at) {
    return little ? uint16Little(file, at) : uint16(file, at);
  }

  private long number(int at) {
    return little ? uint32Little(file, at) : uint32(file, at);
  }

  private void require(long at, long bytes) throws DamagedImageException {
    if (at + bytes > file.length) {
      throw new DamagedImageException(
          "truncated TIFF: " + file.length + " of at least " + (at + bytes) + " bytes");
    }
  }
}
