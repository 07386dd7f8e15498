package io.mae4j.core.checkpoint.pickle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, no more of them than its limit. */
final class PickleInput {
  private static final int LONGEST_LINE = 1024;

  private final InputStream in;
  private long left;

  PickleInput(InputStream in, long limit) {
    this.in = in;
    this.left = limit;
  }

  int next() throws IOException {
    take(1);
    int value = in.read();
    if (value < 0) {
      throw new EOFException("it ends early");
    }
    return value;
  }

  private void take(long count) throws IOException {
    if (count > left) {
      throw new EOFException("it claims more than it holds, or more than is allowed");
    }
    left -= count;
  }

  /** So many bytes; the claimed count is never trusted with memory beyond the limit. */
  byte[] bytes(long count) throws IOException {
    if (count < 0) {
      throw new IOException("it claims a negative length");
    }
    take(count);
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length < count) {
      throw new EOFException("it ends early");
    }
    return bytes;
  }

  String text(long count) throws IOException {
    return new String(bytes(count), StandardCharsets.UTF_8);
  }

  ByteBuffer little(int count) throws IOException {
    return ByteBuffer.wrap(bytes(count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  double bigDouble() throws IOException {
    return ByteBuffer.wrap(bytes(Double.BYTES)).getDouble();
  }

  /** Text up to the end of a line. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = next(); c != '\n'; c = next()) {
      line.append((char) c);
      if (line.length() > LONGEST_LINE) {
        throw new IOException("it has a line of more than " + LONGEST_LINE + " characters");
      }
    }
    return line.toString();
  }

  /** A two's complement number of at most 8 bytes. */
  long number(long count) throws IOException {
    if (count > Long.BYTES) {
      throw new IOException("it holds a number of " + count + " bytes");
    }
    byte[] bytes = bytes(count);
    long value = count > 0 && bytes[bytes.length - 1] < 0 ? -1 : 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }
}
