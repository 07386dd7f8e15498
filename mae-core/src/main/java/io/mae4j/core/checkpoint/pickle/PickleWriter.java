package io.mae4j.core.checkpoint.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes a pickle of protocol 2, step by step. */
public final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Starts a pickle. */
  public PickleWriter() {
    out.write(0x80);
    out.write(2);
  }

  /** The bytes; nothing can be added afterwards. */
  public byte[] finish() {
    out.write('.');
    return out.toByteArray();
  }

  /** Marks where a tuple or the items of a dictionary start. */
  public PickleWriter mark() {
    out.write('(');
    return this;
  }

  /** A tuple of everything since the mark. */
  public PickleWriter tuple() {
    out.write('t');
    return this;
  }

  /** An empty tuple. */
  public PickleWriter emptyTuple() {
    out.write(')');
    return this;
  }

  /** An empty dictionary. */
  public PickleWriter dictionary() {
    out.write('}');
    return this;
  }

  /** Puts the keys and values since the mark into the dictionary before it. */
  public PickleWriter items() {
    out.write('u');
    return this;
  }

  /** A class or function. */
  public PickleWriter global(String module, String name) {
    out.write('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Calls the function with the tuple behind it. */
  public PickleWriter call() {
    out.write('R');
    return this;
  }

  /** The object of a persistent id, which is the value before. */
  public PickleWriter persistent() {
    out.write('Q');
    return this;
  }

  /** A text. */
  public PickleWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(little(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
    return this;
  }

  /** A whole number. */
  public PickleWriter number(long value) {
    if (value == (int) value) {
      out.write('J');
      out.writeBytes(little(Integer.BYTES).putInt((int) value).array());
    } else {
      out.write(0x8a);
      out.write(Long.BYTES);
      out.writeBytes(little(Long.BYTES).putLong(value).array());
    }
    return this;
  }

  /** A real number. */
  public PickleWriter real(double value) {
    out.write('G');
    out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(value).array());
    return this;
  }

  /** A truth value. */
  public PickleWriter flag(boolean value) {
    out.write(value ? 0x88 : 0x89);
    return this;
  }

  /** A dictionary of texts, numbers and truth values. */
  public PickleWriter facts(Map<String, ?> facts) {
    dictionary().mark();
    facts.forEach(
        (name, value) -> {
          text(name);
          if (value instanceof Boolean flag) {
            flag(flag);
          } else if (value instanceof Integer || value instanceof Long) {
            number(((Number) value).longValue());
          } else if (value instanceof Number real) {
            real(real.doubleValue());
          } else {
            text(String.valueOf(value));
          }
        });
    return items();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
