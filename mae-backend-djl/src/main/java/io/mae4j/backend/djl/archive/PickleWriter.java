package io.mae4j.backend.djl.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the few opcodes of Python's pickle protocol 2 that a module without parameters needs.
 * Opcodes are named as in CPython's {@code Lib/pickletools.py}.
 */
final class PickleWriter {
  private static final int PROTO = 0x80;
  private static final int VERSION = 2;
  private static final int GLOBAL = 'c';
  private static final int EMPTY_TUPLE = ')';
  private static final int NEWOBJ = 0x81;
  private static final int EMPTY_DICT = '}';
  private static final int BINUNICODE = 'X';
  private static final int NEWFALSE = 0x89;
  private static final int SETITEM = 's';
  private static final int BUILD = 'b';
  private static final int STOP = '.';

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private PickleWriter() {
    bytes.write(PROTO);
    bytes.write(VERSION);
  }

  /** The pickle of {@code ()}. */
  static byte[] emptyTuple() {
    PickleWriter writer = new PickleWriter();
    writer.bytes.write(EMPTY_TUPLE);
    return writer.finish();
  }

  /**
   * The pickle of an object whose only attribute is a false boolean.
   *
   * @param module the Python module of its class, for example {@code __torch__}
   * @param className its class
   * @param attribute the attribute's name
   */
  static byte[] objectWithFalse(String module, String className, String attribute) {
    PickleWriter writer = new PickleWriter();
    writer.global(module, className);
    writer.bytes.write(EMPTY_TUPLE);
    writer.bytes.write(NEWOBJ);
    writer.bytes.write(EMPTY_DICT);
    writer.unicode(attribute);
    writer.bytes.write(NEWFALSE);
    writer.bytes.write(SETITEM);
    writer.bytes.write(BUILD);
    return writer.finish();
  }

  private void global(String module, String className) {
    bytes.write(GLOBAL);
    bytes.writeBytes((module + "\n" + className + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void unicode(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    bytes.write(BINUNICODE);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes.write(encoded.length >>> shift);
    }
    bytes.writeBytes(encoded);
  }

  private byte[] finish() {
    bytes.write(STOP);
    return bytes.toByteArray();
  }
}
