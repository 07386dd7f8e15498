package io.mae4j.core.checkpoint.torch;

import io.mae4j.core.checkpoint.pickle.PickleReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The form before torch 1.6: five pickles one behind the other (a magic number, the protocol, the
 * system, the object, the keys of its storages), then for each key the number of elements in 8
 * bytes and the elements.
 */
final class LegacyStorages implements StorageFile {
  private static final byte[] MAGIC = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e");

  private final FileChannel channel;
  private final Map<String, Long> starts = new HashMap<>();
  private final Object root;

  private LegacyStorages(FileChannel channel, TorchWorld world) throws IOException {
    this.channel = channel;
    CountingInput in = new CountingInput(new BufferedInputStream(Channels.newInputStream(channel)));
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new IOException("it is a pickle, but not one of torch.save; nothing was executed");
    }
    PickleReader.read(in, world);
    if (PickleReader.read(in, world) instanceof Map<?, ?> system
        && Boolean.FALSE.equals(system.get("little_endian"))) {
      throw new IOException("its numbers are big-endian; little-endian can be read");
    }
    this.root = PickleReader.read(in, world);
    if (!(PickleReader.read(in, world) instanceof List<?> keys)) {
      throw new IOException("it does not list its storages");
    }
    locate(keys, in.count(), world.storages());
  }

  /** Opens a file; what its pickle describes is the {@link #root()}. */
  static LegacyStorages open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new LegacyStorages(channel, new TorchWorld());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void locate(List<?> keys, long position, Map<String, TorchTensor.Storage> storages)
      throws IOException {
    long next = position;
    for (Object key : keys) {
      TorchTensor.Storage storage = storages.get(key);
      if (storage == null) {
        throw new IOException("it holds the storage " + key + ", which no tensor uses");
      }
      long start = next + Long.BYTES;
      long bytes = storage.elements() * storage.type().bytes();
      if (storage.elements() > channel.size() || start + bytes > channel.size()) {
        throw new EOFException(
            "it ends before the values of " + user(storage) + " do; is it truncated?");
      }
      channel.position(next);
      byte[] count = Channels.newInputStream(channel).readNBytes(Long.BYTES);
      if (ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getLong() != storage.elements()) {
        throw new IOException("its storage '" + key + "' is not as large as its tensors say");
      }
      next = start + bytes;
      starts.put(storage.key(), start);
    }
  }

  /** The tensor that needs a storage, for people. */
  private String user(TorchTensor.Storage storage) {
    if (root instanceof Map<?, ?> dictionary) {
      List<Object> dictionaries = new ArrayList<>(dictionary.values());
      dictionaries.add(dictionary);
      for (Object one : dictionaries) {
        if (one instanceof Map<?, ?> tensors) {
          for (Map.Entry<?, ?> entry : tensors.entrySet()) {
            if (entry.getValue() instanceof TorchTensor tensor
                && tensor.storage().key().equals(storage.key())) {
              return "tensor '" + entry.getKey() + "'";
            }
          }
        }
      }
    }
    return "storage '" + storage.key() + "'";
  }

  Object root() {
    return root;
  }

  @Override
  public InputStream open(TorchTensor.Storage storage) throws IOException {
    Long start = starts.get(storage.key());
    if (start == null) {
      throw new IOException("its storage '" + storage.key() + "' is missing");
    }
    channel.position(start);
    return new UnclosedInput(Channels.newInputStream(channel));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Knows how many bytes were read. */
  private static final class CountingInput extends java.io.FilterInputStream {
    private long count;

    CountingInput(InputStream in) {
      super(in);
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(read, 0);
      return read;
    }
  }

  /** Leaves the channel open for the next storage. */
  private static final class UnclosedInput extends java.io.FilterInputStream {
    UnclosedInput(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // the file closes the channel
    }
  }
}
