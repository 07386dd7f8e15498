package io.mae4j.backend.djl.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript archive: a zip whose entries are stored, not deflated, with the pickled module, the
 * source text of its class, an empty table of constants and the format's version.
 */
public final class ScriptArchive {
  /** The class that the source text must declare. */
  public static final String CLASS_NAME = "M";

  private static final String ROOT = "m/";
  private static final String MODULE = "__torch__";
  private static final String FORMAT_VERSION = "10\n";

  private ScriptArchive() {}

  /**
   * The bytes of an archive.
   *
   * @param source the text that declares the class {@value #CLASS_NAME}
   */
  public static byte[] of(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(source.length() + 1024);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", PickleWriter.objectWithFalse(MODULE, CLASS_NAME, "training"));
      store(zip, "code/" + MODULE + ".py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, "constants.pkl", PickleWriter.emptyTuple());
      store(zip, "version", FORMAT_VERSION.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
