package io.mae4j.data.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Cuts the built-in sample out of the four published files of Fashion-MNIST: the first 10,000 and
 * the first 2,000 images and labels. Run from {@code mae-data} as a single source file: {@code java
 * src/test/java/io/mae4j/data/dataset/CutSample.java FOLDER}, where the folder holds the published
 * files.
 */
final class CutSample {
  private static final Path TARGET = Path.of("src/main/resources/io/mae4j/data/dataset/sample");
  private static final int TRAIN = 10_000;
  private static final int TEST = 2_000;

  private CutSample() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    cut(
        folder,
        "train-images-idx3-ubyte.gz",
        TRAIN,
        16,
        28 * 28,
        "f4a8712d7a061bf5bd6d2ca38dc4d50a");
    cut(folder, "train-labels-idx1-ubyte.gz", TRAIN, 8, 1, "9018921c3c673c538a1fc5bad174d6f9");
    cut(folder, "t10k-images-idx3-ubyte.gz", TEST, 16, 28 * 28, "8181f5470baa50b63fa0f6fddb340f0a");
    cut(folder, "t10k-labels-idx1-ubyte.gz", TEST, 8, 1, "15d484375f8d13e6eb1aabb0c3f46965");
  }

  private static void cut(
      Path folder, String name, int items, int header, int itemBytes, String md5)
      throws IOException {
    byte[] whole;
    try (InputStream input = new GZIPInputStream(Files.newInputStream(folder.resolve(name)))) {
      whole = input.readAllBytes();
    }
    String found = md5(whole);
    if (!found.equals(md5)) {
      throw new IOException(name + " has MD5 " + found + " instead of " + md5);
    }
    byte[] part = Arrays.copyOf(whole, header + items * itemBytes);
    ByteBuffer.wrap(part).putInt(4, items);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream output = new BestGzip(bytes)) {
      output.write(part);
    }
    Files.createDirectories(TARGET);
    Files.write(TARGET.resolve(name), bytes.toByteArray());
  }

  private static String md5(byte[] bytes) throws IOException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("this Java platform has no MD5", e);
    }
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(OutputStream output) throws IOException {
      super(output);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
