package io.mae4j.data.image;

import java.io.EOFException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Reads a file that is already in memory, without the copy that {@code MemoryCacheImageInputStream}
 * makes. A reader that goes on asking behind the end is stopped, since it may never stop by itself.
 */
final class ByteArrayImageInputStream extends ImageInputStreamImpl {
  /** Readers ask a few times before they believe it. */
  private static final int QUESTIONS_BEHIND_THE_END = 1000;

  private final byte[] bytes;
  private int questions;

  ByteArrayImageInputStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws EOFException {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : end();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws EOFException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= bytes.length) {
      return end();
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  private int end() throws EOFException {
    if (++questions > QUESTIONS_BEHIND_THE_END) {
      throw new EOFException("the file ends too early");
    }
    return -1;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
