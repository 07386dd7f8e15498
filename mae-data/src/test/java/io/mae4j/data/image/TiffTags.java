package io.mae4j.data.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads and changes numbers in the first directory of a TIFF file. */
final class TiffTags {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int COMPRESSION = 259;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int PLANES = 284;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  private static final int SHORT = 3;

  private TiffTags() {}

  static int value(byte[] tiff, int tag) {
    ByteBuffer file = file(tiff);
    int entry = entry(file, tag);
    return file.getShort(entry + 2) == SHORT
        ? file.getShort(entry + 8) & 0xffff
        : file.getInt(entry + 8);
  }

  static void set(byte[] tiff, int tag, int value) {
    ByteBuffer file = file(tiff);
    int entry = entry(file, tag);
    if (file.getShort(entry + 2) == SHORT) {
      file.putShort(entry + 8, (short) value);
    } else {
      file.putInt(entry + 8, value);
    }
  }

  static void rename(byte[] tiff, int tag, int to) {
    ByteBuffer file = file(tiff);
    file.putShort(entry(file, tag), (short) to);
  }

  private static ByteBuffer file(byte[] tiff) {
    return ByteBuffer.wrap(tiff)
        .order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  private static int entry(ByteBuffer file, int tag) {
    int directory = file.getInt(4);
    for (int i = 0; i < file.getShort(directory); i++) {
      int entry = directory + 2 + 12 * i;
      if ((file.getShort(entry) & 0xffff) == tag) {
        return entry;
      }
    }
    throw new IllegalArgumentException("no tag " + tag);
  }
}
