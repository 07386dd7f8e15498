package io.mae4j.core.checkpoint.torch;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.core.checkpoint.pickle.PickleReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of {@code torch.save}, open for reading. Nothing in it is executed. */
public final class TorchFile implements AutoCloseable {
  /** Views may share values, but not so that a small file becomes many large arrays. */
  private static final long MOST_SHARED = 4;

  private final Path path;
  private final Object root;
  private final StorageFile storages;
  private long allowedBytes;

  private TorchFile(Path path, Object root, StorageFile storages) throws IOException {
    this.path = path;
    this.root = root;
    this.storages = storages;
    this.allowedBytes = MOST_SHARED * Files.size(path);
  }

  /**
   * Opens a file.
   *
   * @param zip whether it starts as a zip file does
   * @throws MaeException of kind DATA if it is damaged, asks for what is not allowed, or is no
   *     checkpoint
   */
  public static TorchFile open(Path path, boolean zip) {
    try {
      if (!zip) {
        LegacyStorages storages = LegacyStorages.open(path);
        return new TorchFile(path, storages.root(), storages);
      }
      ZipStorages storages = ZipStorages.open(path);
      try (InputStream in = new BufferedInputStream(storages.pickle())) {
        return new TorchFile(path, PickleReader.read(in, new TorchWorld()), storages);
      } catch (IOException e) {
        storages.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(path, "", e);
    }
  }

  private static MaeException unreadable(Path path, String where, IOException e) {
    return new MaeException(ErrorKind.DATA, path + where + " cannot be read: " + e.getMessage(), e);
  }

  /** The object that was saved; tensors in it are read by {@link #tensors}. */
  public Object root() {
    return root;
  }

  /** Whether a value of the object is a tensor. */
  public static boolean isTensor(Object value) {
    return value instanceof TorchTensor;
  }

  /**
   * The tensors of a dictionary of the object, in its order; other values are passed over.
   *
   * @throws MaeException of kind DATA that names the tensor that cannot be read
   */
  public Map<String, Array> tensors(Map<?, ?> dictionary) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    dictionary.forEach(
        (key, value) -> {
          if (value instanceof TorchTensor tensor) {
            arrays.put(String.valueOf(key), read(String.valueOf(key), tensor));
          }
        });
    return arrays;
  }

  private Array read(String name, TorchTensor tensor) {
    String where = ": tensor '" + name + "'";
    if (tensor.size() == 0) {
      throw MaeException.data(path + where + " is empty: its shape is " + tensor.dims());
    }
    try (InputStream in = storages.open(tensor.storage())) {
      allowedBytes -= (long) tensor.span() * tensor.storage().type().bytes();
      if (allowedBytes < 0) {
        throw MaeException.data(
            path + where + " cannot be read: its tensors claim far more than the file holds");
      }
      return new TensorDecoder(tensor, in).decode();
    } catch (IOException e) {
      throw unreadable(path, where, e);
    } catch (ArithmeticException e) {
      throw new MaeException(
          ErrorKind.DATA, path + where + " holds a number that does not fit 32 bits", e);
    }
  }

  @Override
  public void close() {
    try {
      storages.close();
    } catch (IOException e) {
      throw unreadable(path, "", e);
    }
  }
}
