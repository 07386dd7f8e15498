package io.mae4j.core.checkpoint.torch;

import java.io.IOException;
import java.io.InputStream;

/** Where the values of storages lie. */
interface StorageFile extends AutoCloseable {

  /**
   * The bytes of a storage from its first one.
   *
   * @throws IOException if the storage is not there or is not as large as it claims
   */
  InputStream open(TorchTensor.Storage storage) throws IOException;

  @Override
  void close() throws IOException;
}
