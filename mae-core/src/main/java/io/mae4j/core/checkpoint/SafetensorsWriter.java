package io.mae4j.core.checkpoint;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.core.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes safetensors files: 8 bytes of header length, a JSON header padded with spaces to a
 * multiple of 8 bytes, then the tensors' little-endian bytes in order. Equal content gives equal
 * bytes.
 */
public final class SafetensorsWriter {
  private static final int CHUNK = 1 << 20;

  private SafetensorsWriter() {}

  /**
   * Writes a file atomically.
   *
   * @throws MaeException of kind RESOURCE if it cannot be written
   */
  public static void write(Path path, Safetensors content) {
    byte[] header = header(content);
    AtomicFile.write(
        path,
        channel -> {
          ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
          buffer.putLong(header.length);
          drain(channel, buffer);
          writeFully(channel, ByteBuffer.wrap(header));
          for (Array array : content.tensors().values()) {
            write(channel, buffer, array);
          }
        });
  }

  private static byte[] header(Safetensors content) {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!content.metadata().isEmpty()) {
      header.put("__metadata__", content.metadata());
    }
    long offset = 0;
    for (Map.Entry<String, Array> entry : content.tensors().entrySet()) {
      Array array = entry.getValue();
      long end = offset + array.shape().size() * array.dtype().bytes();
      String dtype =
          switch (array.dtype()) {
            case FLOAT32 -> "F32";
            case FLOAT64 -> "F64";
            case INT32 -> "I32";
          };
      Map<String, Object> tensor = new LinkedHashMap<>();
      tensor.put("dtype", dtype);
      tensor.put("shape", array.shape().dims());
      tensor.put("data_offsets", new long[] {offset, end});
      header.put(entry.getKey(), tensor);
      offset = end;
    }
    byte[] json = JsonMapper.shared().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void write(FileChannel channel, ByteBuffer buffer, Array array)
      throws IOException {
    int length = Math.toIntExact(array.shape().size());
    for (int i = 0; i < length; i++) {
      if (buffer.remaining() < array.dtype().bytes()) {
        drain(channel, buffer);
      }
      switch (array.dtype()) {
        case FLOAT32 -> buffer.putFloat(array.floats()[i]);
        case FLOAT64 -> buffer.putDouble(array.doubles()[i]);
        case INT32 -> buffer.putInt(array.ints()[i]);
      }
    }
    drain(channel, buffer);
  }

  private static void drain(FileChannel channel, ByteBuffer buffer) throws IOException {
    buffer.flip();
    writeFully(channel, buffer);
    buffer.clear();
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
