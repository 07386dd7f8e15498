package io.mae4j.data.image.webp;

/**
 * A part of a file, and the little-endian numbers in it.
 *
 * @param file the whole file
 * @param from the first byte of the part
 * @param to one more than the last
 */
record Chunk(byte[] file, int from, int to) {

  int length() {
    return to - from;
  }

  /** What is left behind some bytes. */
  Chunk after(int bytes) throws WebpException {
    require(bytes);
    return new Chunk(file, from + bytes, to);
  }

  /** The first bytes. */
  Chunk first(int bytes) throws WebpException {
    require(bytes);
    return new Chunk(file, from, from + bytes);
  }

  int uint8(int at) throws WebpException {
    require(at + 1);
    return file[from + at] & 0xff;
  }

  int uint16(int at) throws WebpException {
    return uint8(at) | (uint8(at + 1) << 8);
  }

  int uint24(int at) throws WebpException {
    return uint16(at) | (uint8(at + 2) << 16);
  }

  long uint32(int at) throws WebpException {
    return uint24(at) | ((long) uint8(at + 3) << 24);
  }

  /** Whether four letters stand at a place. */
  boolean isNamed(int at, String name) {
    for (int i = 0; i < name.length(); i++) {
      if (from + at + i >= to || file[from + at + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void require(int bytes) throws WebpException {
    if (bytes < 0 || bytes > length()) {
      throw new WebpException("truncated WebP: a chunk of " + length() + " bytes ends too early");
    }
  }
}
