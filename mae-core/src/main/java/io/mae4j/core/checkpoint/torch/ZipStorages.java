package io.mae4j.core.checkpoint.torch;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The zip form of torch 1.6 and later: {@code NAME/data.pkl} and {@code NAME/data/KEY}. Its entries
 * are stored, not compressed; compressed ones are refused, so that no entry is larger than the
 * file.
 */
final class ZipStorages implements StorageFile {
  private static final String PICKLE = "data.pkl";
  private static final long LARGEST_PICKLE = 64L << 20;

  private final ZipFile zip;
  private final String prefix;

  private ZipStorages(ZipFile zip, String prefix) {
    this.zip = zip;
    this.prefix = prefix;
  }

  static ZipStorages open(Path path) throws IOException {
    ZipFile zip = open(path.toFile());
    try {
      ZipStorages storages = new ZipStorages(zip, prefix(zip));
      storages.refuseOthers();
      return storages;
    } catch (IOException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile open(File file) throws IOException {
    try {
      return new ZipFile(file);
    } catch (ZipException e) {
      throw new IOException(
          "the list of its parts, at its end, is missing or damaged; is it truncated?", e);
    }
  }

  private static String prefix(ZipFile zip) throws IOException {
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      String name = entries.nextElement().getName();
      if (name.equals(PICKLE) || name.endsWith("/" + PICKLE)) {
        return name.substring(0, name.length() - PICKLE.length());
      }
    }
    throw new IOException("it is a zip file, but not one of torch.save: it has no data.pkl");
  }

  private void refuseOthers() throws IOException {
    if (zip.getEntry(prefix + "constants.pkl") != null) {
      throw new IOException("it is a TorchScript program, not a checkpoint");
    }
    if (zip.getEntry(prefix + "byteorder") != null) {
      try (InputStream in = entry("byteorder")) {
        String order = new String(in.readNBytes(16), StandardCharsets.US_ASCII).strip();
        if (!order.equals("little")) {
          throw new IOException("its numbers are " + order + "-endian; little-endian can be read");
        }
      }
    }
  }

  InputStream pickle() throws IOException {
    return entry(PICKLE);
  }

  private InputStream entry(String name) throws IOException {
    ZipEntry entry = zip.getEntry(prefix + name);
    if (entry == null) {
      throw new FileNotFoundException("its part '" + name + "' is missing");
    }
    if (entry.getMethod() != ZipEntry.STORED) {
      throw new IOException(
          "its part '"
              + name
              + "' is compressed and claims "
              + entry.getSize()
              + " bytes; torch.save never compresses");
    }
    if (name.equals(PICKLE) && entry.getSize() > LARGEST_PICKLE) {
      throw new IOException("its description has " + entry.getSize() + " bytes, too many");
    }
    return zip.getInputStream(entry);
  }

  @Override
  public InputStream open(TorchTensor.Storage storage) throws IOException {
    String name = "data/" + storage.key();
    InputStream in = entry(name);
    long held = zip.getEntry(prefix + name).getSize();
    if (held / storage.type().bytes() < storage.elements()) {
      in.close();
      throw new IOException(
          "its part '"
              + name
              + "' holds "
              + held
              + " bytes, not the "
              + storage.elements()
              + " elements it should");
    }
    return in;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
