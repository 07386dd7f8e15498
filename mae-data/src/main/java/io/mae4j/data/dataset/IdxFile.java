package io.mae4j.data.dataset;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A file of unsigned bytes in the IDX format of MNIST (a magic number 0x0000080N, N big-endian
 * extents, the values), plain or compressed with gzip.
 *
 * @param extents the size of each axis
 * @param values the bytes in row-major order
 */
record IdxFile(int[] extents, byte[] values) {
  private static final int UNSIGNED_BYTES = 0x08;
  private static final int MAX_VALUES = Integer.MAX_VALUE - 16;

  /** Deflate makes at most 1032 bytes of one (RFC 1951: 258 bytes out of two bits). */
  private static final int MAX_EXPANSION = 1032;

  /** Opens a stream of bytes anew. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  /**
   * Reads a file.
   *
   * @param name names it in messages
   * @param fileBytes its length
   * @param opener opens it
   * @param axes how many axes it must have
   * @throws MaeException of kind DATA, with the name, if it is not such a file, too short or too
   *     long
   */
  static IdxFile read(String name, long fileBytes, Opener opener, int axes) {
    try (InputStream raw = new BufferedInputStream(opener.open(), 1 << 16)) {
      raw.mark(2);
      boolean compressed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      long most = compressed ? Math.multiplyExact(fileBytes, MAX_EXPANSION) : fileBytes;
      try (DataInputStream input =
          new DataInputStream(compressed ? new GZIPInputStream(raw, 1 << 16) : raw)) {
        return parse(name, input, axes, most);
      }
    } catch (EOFException e) {
      throw new MaeException(ErrorKind.DATA, name + ": truncated IDX file", e);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static IdxFile parse(String name, DataInputStream input, int axes, long most)
      throws IOException {
    int magic = input.readInt();
    int expected = (UNSIGNED_BYTES << 8) | axes;
    if (magic != expected) {
      throw MaeException.data(
          String.format(
              "%s: not an IDX file of unsigned bytes with %d axes: it begins with 0x%08x instead of 0x%08x",
              name, axes, magic, expected));
    }
    int[] extents = new int[axes];
    long count = 1;
    for (int i = 0; i < axes; i++) {
      extents[i] = input.readInt();
      if (extents[i] < 1 || count > MAX_VALUES / extents[i]) {
        throw MaeException.data(
            name + ": impossible IDX extents " + Arrays.toString(Arrays.copyOf(extents, i + 1)));
      }
      count *= extents[i];
    }
    if (count > most) {
      throw MaeException.data(
          name + ": truncated IDX file: " + Arrays.toString(extents) + " does not fit into it");
    }
    byte[] values = new byte[(int) count];
    int read = input.readNBytes(values, 0, values.length);
    if (read < values.length) {
      throw MaeException.data(
          name + ": truncated IDX file: " + read + " of " + values.length + " values");
    }
    if (input.read() >= 0) {
      throw MaeException.data(
          name + ": longer than its extents " + Arrays.toString(extents) + " say");
    }
    return new IdxFile(extents, values);
  }
}
