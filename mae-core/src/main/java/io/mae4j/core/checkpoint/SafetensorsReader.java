package io.mae4j.core.checkpoint;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Reads safetensors files. Half-precision tensors become {@code FLOAT32}, 64-bit integers {@code
 * INT32} where they fit.
 */
public final class SafetensorsReader {
  private static final long MAX_HEADER = 100_000_000;
  private static final int CHUNK = 1 << 20;

  private SafetensorsReader() {}

  /**
   * Reads a file.
   *
   * @throws MaeException of kind DATA if it is missing, truncated or not such a file, naming the
   *     file and the tensor
   */
  public static Safetensors read(Path path) {
    return open(
        path,
        (channel, header, dataStart) -> {
          Map<String, Array> tensors = new LinkedHashMap<>();
          for (SafetensorsHeader.Entry entry : header.entries()) {
            tensors.put(entry.name(), new TensorReader(channel, path, entry, dataStart).read());
          }
          return new Safetensors(tensors, header.metadata());
        });
  }

  /**
   * Reads a file's free text and no tensor.
   *
   * @throws MaeException of kind DATA if it is missing, truncated or not such a file
   */
  public static Map<String, String> metadata(Path path) {
    return open(path, (channel, header, dataStart) -> header.metadata());
  }

  /** Whether a file starts as a safetensors file does: with a header that it has room for. */
  public static boolean recognises(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.size() >= 8
          && isHeader(fill(channel, 0, ByteBuffer.allocate(8)).getLong(), channel.size());
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isHeader(long bytes, long fileSize) {
    return bytes >= 2 && bytes <= Math.min(MAX_HEADER, fileSize - 8);
  }

  private interface Use<T> {
    T of(FileChannel channel, SafetensorsHeader header, long dataStart) throws IOException;
  }

  private static <T> T open(Path path, Use<T> use) {
    if (Files.isDirectory(path)) {
      throw MaeException.data(path + " is a folder, not a safetensors file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < 8) {
        throw MaeException.data(
            path + " has only " + size + " bytes; it is not a safetensors file");
      }
      long headerBytes = fill(channel, 0, ByteBuffer.allocate(8)).getLong();
      if (!isHeader(headerBytes, size)) {
        throw MaeException.data(
            path
                + " claims a header of "
                + Long.toUnsignedString(headerBytes)
                + " bytes in a file of "
                + size
                + "; it is truncated or not a safetensors file");
      }
      byte[] json = fill(channel, 8, ByteBuffer.allocate((int) headerBytes)).array();
      long dataStart = 8 + headerBytes;
      return use.of(channel, SafetensorsHeader.parse(path, json, size - dataStart), dataStart);
    } catch (NoSuchFileException e) {
      throw new MaeException(ErrorKind.DATA, path + " does not exist", e);
    } catch (IOException e) {
      throw new MaeException(ErrorKind.DATA, path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static ByteBuffer fill(FileChannel channel, long position, ByteBuffer buffer)
      throws IOException {
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the file ended early");
      }
    }
    return buffer.flip();
  }

  /** Reads one tensor in pieces, so that no second copy of it is held. */
  private record TensorReader(
      FileChannel channel, Path path, SafetensorsHeader.Entry entry, long dataStart) {

    Array read() throws IOException {
      int length = (int) entry.shape().size();
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, entry.end() - entry.begin()));
      buffer.order(ByteOrder.LITTLE_ENDIAN);
      return switch (entry.type()) {
        case F64 -> {
          double[] values = new double[length];
          each(buffer, i -> values[i] = buffer.getDouble());
          yield Array.of(entry.shape(), values);
        }
        case F32 -> {
          float[] values = new float[length];
          each(buffer, i -> values[i] = buffer.getFloat());
          yield Array.of(entry.shape(), values);
        }
        case F16 -> {
          float[] values = new float[length];
          each(buffer, i -> values[i] = HalfPrecision.fromFloat16(buffer.getShort()));
          yield Array.of(entry.shape(), values);
        }
        case BF16 -> {
          float[] values = new float[length];
          each(buffer, i -> values[i] = HalfPrecision.fromBfloat16(buffer.getShort()));
          yield Array.of(entry.shape(), values);
        }
        case I32 -> {
          int[] values = new int[length];
          each(buffer, i -> values[i] = buffer.getInt());
          yield Array.of(entry.shape(), values);
        }
        case I64 -> {
          int[] values = new int[length];
          each(buffer, i -> values[i] = narrow(buffer.getLong()));
          yield Array.of(entry.shape(), values);
        }
      };
    }

    private int narrow(long value) {
      if (value != (int) value) {
        throw MaeException.data(
            path
                + ": tensor '"
                + entry.name()
                + "' holds "
                + value
                + ", which does not fit 32 bits");
      }
      return (int) value;
    }

    private void each(ByteBuffer buffer, IntConsumer element) throws IOException {
      int index = 0;
      for (long position = entry.begin(); position < entry.end(); ) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), entry.end() - position));
        fill(channel, dataStart + position, buffer);
        position += buffer.limit();
        while (buffer.hasRemaining()) {
          element.accept(index++);
        }
      }
    }
  }
}
