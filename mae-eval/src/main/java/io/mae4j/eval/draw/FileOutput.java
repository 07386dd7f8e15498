package io.mae4j.eval.draw;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.core.file.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes results so that a reader sees the whole file or none. */
public final class FileOutput {
  private FileOutput() {}

  /** A picture as the bytes of a PNG file. */
  public static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(picture, "png", stream)) {
        throw MaeException.internal("this JDK has no PNG writer");
      }
      stream.flush();
    } catch (IOException e) {
      throw new MaeException(ErrorKind.INTERNAL, "a picture could not be encoded", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a file into a folder that exists.
   *
   * @throws MaeException of kind RESOURCE if that fails, naming the file
   */
  public static void write(Path file, byte[] bytes) {
    AtomicFile.write(
        file,
        channel -> {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }
}
