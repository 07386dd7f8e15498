package io.mae4j.core.checkpoint.torch;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.core.checkpoint.pickle.PickleWriter;
import io.mae4j.core.file.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes files that {@code torch.load} reads, also with {@code weights_only=True}: a dictionary
 * with the tensors under {@code model}, and plain facts under {@code mae4j}. Equal content gives
 * equal bytes.
 */
public final class TorchWriter {
  private static final String ROOT = "archive/";
  private static final int CHUNK = 1 << 16;
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private TorchWriter() {}

  /**
   * Writes a file atomically.
   *
   * @param model tensors by name, of real numbers
   * @param facts texts, numbers and truth values by name
   * @throws MaeException of kind RESOURCE if it cannot be written
   */
  public static void write(Path path, Map<String, Array> model, Map<String, ?> facts) {
    byte[] description = describe(model, facts);
    List<Array> arrays = new ArrayList<>(model.values());
    AtomicFile.write(
        path,
        channel -> {
          ZipOutputStream zip =
              new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
          store(zip, "data.pkl", out -> out.write(description));
          store(zip, "byteorder", out -> out.write("little".getBytes(StandardCharsets.US_ASCII)));
          for (int i = 0; i < arrays.size(); i++) {
            Array array = arrays.get(i);
            store(zip, "data/" + i, out -> values(out, array));
          }
          store(zip, "version", out -> out.write("3\n".getBytes(StandardCharsets.US_ASCII)));
          zip.finish();
          zip.flush();
        });
  }

  private static byte[] describe(Map<String, Array> model, Map<String, ?> facts) {
    PickleWriter pickle = new PickleWriter();
    pickle.dictionary().mark().text("model");
    pickle.global("collections", "OrderedDict").emptyTuple().call().mark();
    int key = 0;
    for (Map.Entry<String, Array> entry : model.entrySet()) {
      pickle.text(entry.getKey());
      tensor(pickle, entry.getValue(), key++);
    }
    pickle.items();
    pickle.text("mae4j").facts(facts);
    return pickle.items().finish();
  }

  private static void tensor(PickleWriter pickle, Array array, int key) {
    String storage =
        switch (array.dtype()) {
          case FLOAT32 -> "FloatStorage";
          case FLOAT64 -> "DoubleStorage";
          case INT32 -> "IntStorage";
        };
    pickle.global("torch._utils", "_rebuild_tensor_v2").mark();
    pickle.mark().text("storage").global("torch", storage).text(String.valueOf(key)).text("cpu");
    pickle.number(array.shape().size()).tuple().persistent();
    pickle.number(0);
    int[] dims = array.shape().dims();
    pickle.mark();
    for (int dim : dims) {
      pickle.number(dim);
    }
    pickle.tuple().mark();
    for (long stride : strides(dims)) {
      pickle.number(stride);
    }
    pickle.tuple().flag(false);
    pickle.global("collections", "OrderedDict").emptyTuple().call();
    pickle.tuple().call();
  }

  private static long[] strides(int[] dims) {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A zip's stored entry says its length and checksum first: the content is made twice. */
  private static void store(ZipOutputStream zip, String name, Content content) throws IOException {
    CRC32 crc = new CRC32();
    Counter counter = new Counter();
    content.writeTo(new CheckedOutputStream(counter, crc));
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(NO_TIME);
    entry.setSize(counter.count);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  private static void values(OutputStream out, Array array) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(array.shape().size());
    for (int i = 0; i < length; i++) {
      if (buffer.remaining() < array.dtype().bytes()) {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
      switch (array.dtype()) {
        case FLOAT32 -> buffer.putFloat(array.floats()[i]);
        case FLOAT64 -> buffer.putDouble(array.doubles()[i]);
        case INT32 -> buffer.putInt(array.ints()[i]);
      }
    }
    out.write(buffer.array(), 0, buffer.position());
  }

  private static final class Counter extends OutputStream {
    private long count;

    @Override
    public void write(int value) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
