package io.mae4j.data.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small IDX files. */
final class IdxFiles {

  private IdxFiles() {}

  /** Images whose samples count upwards, with labels 0, 1, 2, 0, 1 …, under the usual names. */
  static void write(Path folder, String prefix, int images, int height, int width, String suffix)
      throws IOException {
    byte[] labels = new byte[images];
    for (int i = 0; i < images; i++) {
      labels[i] = (byte) (i % 3);
    }
    write(
        folder.resolve(prefix + "-images-idx3-ubyte" + suffix),
        file(0x803, counting(images * height * width), images, height, width));
    write(folder.resolve(prefix + "-labels-idx1-ubyte" + suffix), file(0x801, labels, images));
  }

  static byte[] counting(int length) {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = (byte) i;
    }
    return values;
  }

  /** The bytes of a file, whether or not they fit together. */
  static byte[] file(int magic, byte[] values, int... extents) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * extents.length + values.length).putInt(magic);
    for (int extent : extents) {
      buffer.putInt(extent);
    }
    return buffer.put(values).array();
  }

  /** Writes a file, compressed if its name says so. */
  static void write(Path file, byte[] bytes) throws IOException {
    Files.write(file, file.toString().endsWith(".gz") ? gzip(bytes) : bytes);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream output = new GZIPOutputStream(compressed)) {
      output.write(bytes);
    }
    return compressed.toByteArray();
  }
}
