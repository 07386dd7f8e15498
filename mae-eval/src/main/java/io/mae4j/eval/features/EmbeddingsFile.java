package io.mae4j.eval.features;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.core.checkpoint.Safetensors;
import io.mae4j.core.checkpoint.SafetensorsWriter;
import io.mae4j.core.file.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes embeddings; the ending of the name says in which form. */
public enum EmbeddingsFile {
  /** NumPy's format 1.0, float32 [n, D]; ids and labels in a CSV file beside it. */
  NPY {
    @Override
    void write(Path path, Embeddings embeddings) {
      AtomicFile.write(path, channel -> npy(channel, embeddings));
      Path names = path.resolveSibling(path.getFileName() + ".ids.csv");
      AtomicFile.write(names, channel -> csv(channel, embeddings, false));
    }
  },
  /** {@code features} [n, D] and {@code labels} [n]; the ids a line each in the metadata. */
  SAFETENSORS {
    @Override
    void write(Path path, Embeddings embeddings) {
      Map<String, Array> tensors = new LinkedHashMap<>();
      tensors.put(
          "features",
          Array.of(Shape.of(embeddings.size(), embeddings.width()), embeddings.values()));
      tensors.put(
          "labels",
          Array.of(
              Shape.of(embeddings.size()),
              embeddings.labels().stream().mapToInt(Integer::intValue).toArray()));
      SafetensorsWriter.write(
          path, new Safetensors(tensors, Map.of("ids", String.join("\n", embeddings.ids()))));
    }
  },
  /** A line for each image: its id, its label, its values. */
  CSV {
    @Override
    void write(Path path, Embeddings embeddings) {
      AtomicFile.write(path, channel -> csv(channel, embeddings, true));
    }
  };

  private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int NPY_ALIGNMENT = 64;

  abstract void write(Path path, Embeddings embeddings);

  /**
   * The form of a file's name.
   *
   * @throws MaeException of kind USER if its ending is none of them
   */
  public static EmbeddingsFile of(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    for (EmbeddingsFile form : values()) {
      if (name.endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
        return form;
      }
    }
    throw MaeException.user(path + " ends neither in .npy nor in .safetensors nor in .csv");
  }

  /**
   * Writes a file atomically.
   *
   * @throws MaeException of kind USER if the ending is unknown, of kind RESOURCE if it cannot be
   *     written
   */
  public static void save(Path path, Embeddings embeddings) {
    of(path).write(path, embeddings);
  }

  private static void npy(FileChannel channel, Embeddings embeddings) throws IOException {
    StringBuilder header =
        new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (")
            .append(embeddings.size())
            .append(", ")
            .append(embeddings.width())
            .append("), }");
    int before = NPY_MAGIC.length + Short.BYTES;
    while ((before + header.length() + 1) % NPY_ALIGNMENT != 0) {
      header.append(' ');
    }
    header.append('\n');
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.max(1 << 16, before + header.length()))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(NPY_MAGIC).putShort((short) header.length());
    buffer.put(header.toString().getBytes(StandardCharsets.US_ASCII));
    for (float value : embeddings.values()) {
      if (buffer.remaining() < Float.BYTES) {
        drain(channel, buffer);
      }
      buffer.putFloat(value);
    }
    drain(channel, buffer);
  }

  private static void drain(FileChannel channel, ByteBuffer buffer) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  private static void csv(FileChannel channel, Embeddings embeddings, boolean values)
      throws IOException {
    Writer out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
    out.write("id,label");
    int width = values ? embeddings.width() : 0;
    for (int d = 0; d < width; d++) {
      out.write(",f" + d);
    }
    out.write('\n');
    List<String> ids = embeddings.ids();
    for (int i = 0; i < ids.size(); i++) {
      out.write(quote(ids.get(i)) + "," + embeddings.labels().get(i));
      for (int d = 0; d < width; d++) {
        out.write("," + embeddings.values()[i * width + d]);
      }
      out.write('\n');
    }
    out.flush();
  }

  /** As RFC 4180 has it. */
  private static String quote(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
