package io.mae4j.data.image;

/** Reads numbers from a file in memory. Callers check that the bytes are there. */
final class Bytes {

  private Bytes() {}

  static int uint8(byte[] file, int at) {
    return file[at] & 0xff;
  }

  static int uint16(byte[] file, int at) {
    return (uint8(file, at) << 8) | uint8(file, at + 1);
  }

  /** Little-endian, as BMP writes it. */
  static int uint16Little(byte[] file, int at) {
    return uint8(file, at) | (uint8(file, at + 1) << 8);
  }

  /** Big-endian, as PNG writes it. */
  static long uint32(byte[] file, int at) {
    return ((long) uint16(file, at) << 16) | uint16(file, at + 2);
  }

  /** Little-endian, as RIFF writes it. */
  static long uint32Little(byte[] file, int at) {
    return uint8(file, at)
        | ((long) uint8(file, at + 1) << 8)
        | ((long) uint8(file, at + 2) << 16)
        | ((long) uint8(file, at + 3) << 24);
  }

  /** Whether ASCII text stands at a place; false where the file is too short. */
  static boolean matches(byte[] file, int at, String ascii) {
    if (at < 0 || at + ascii.length() > file.length) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (file[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
