package io.mae4j.core.checkpoint.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one pickle of protocol 2 to 5 (Python's {@code pickletools} describes the format). Values
 * become {@link Long}, {@link Double}, {@link Boolean}, {@link String}, {@code byte[]}, {@link
 * List}, {@link Map}, {@link PickleNone}, and what the allowed constructors make.
 */
public final class PickleReader {
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_STEPS = 4_000_000;

  private final PickleInput in;
  private final PickleWorld world;
  private final List<Object> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();

  private PickleReader(PickleInput in, PickleWorld world) {
    this.in = in;
    this.world = world;
  }

  /**
   * Reads the pickle at a stream's place and leaves the stream behind it.
   *
   * @throws IOException if the stream is damaged, asks for something that is not allowed, or is
   *     larger than the description of a model can be; the message fits after "the pickle: "
   */
  public static Object read(InputStream stream, PickleWorld world) throws IOException {
    try {
      return new PickleReader(new PickleInput(stream, MOST_BYTES), world).run();
    } catch (IllegalArgumentException
        | ArithmeticException
        | ClassCastException
        | IndexOutOfBoundsException e) {
      throw new IOException("it describes what cannot be: " + e.getMessage(), e);
    }
  }

  private Object run() throws IOException {
    for (int step = 0; step < MOST_STEPS; step++) {
      int code = in.next();
      if (code == '.') {
        return pop();
      }
      step(code);
    }
    throw new IOException("it has more than " + MOST_STEPS + " steps");
  }

  private void step(int code) throws IOException {
    switch (code) {
      case 0x80 -> protocol();
      case 0x95 -> in.bytes(Long.BYTES);
      case '(' -> marks.add(stack.size());
      case '0' -> pop();
      case '1' -> popMark();
      case '2' -> push(top());
      case 'N' -> push(PickleNone.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) in.little(Integer.BYTES).getInt());
      case 'K' -> push((long) in.next());
      case 'M' -> push((long) (in.little(Short.BYTES).getShort() & 0xffff));
      case 0x8a -> push(in.number(in.next()));
      case 0x8b -> push(in.number(in.little(Integer.BYTES).getInt()));
      case 'G' -> push(in.bigDouble());
      case 'X', 'T' -> push(in.text(length32()));
      case 0x8c, 'U' -> push(in.text(in.next()));
      case 0x8d -> push(in.text(in.little(Long.BYTES).getLong()));
      case 'B' -> push(in.bytes(length32()));
      case 'C' -> push(in.bytes(in.next()));
      case 0x8e -> push(in.bytes(in.little(Long.BYTES).getLong()));
      case ']', 0x8f -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case ')' -> push(List.of());
      case 'l' -> push(new ArrayList<>(popMark()));
      case 'd' -> dictionary();
      case 't' -> push(Collections.unmodifiableList(popMark()));
      case 0x85 -> push(tuple(1));
      case 0x86 -> push(tuple(2));
      case 0x87 -> push(tuple(3));
      case 'a' -> append(tuple(1));
      case 'e', 0x90 -> append(popMark());
      case 's' -> put(tuple(2));
      case 'u' -> put(popMark());
      case 'q' -> memo.put((long) in.next(), top());
      case 'r' -> memo.put(length32(), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> push(recall(in.next()));
      case 'j' -> push(recall(length32()));
      case 'c' -> global(in.line(), in.line());
      case 0x93 -> stackGlobal();
      case 'R', 0x81 -> call();
      case 'b' -> build();
      case 'Q' -> push(world.persistent(pop()));
      default ->
          throw new IOException(
              String.format("it holds the step 0x%02x, which no checkpoint needs", code));
    }
  }

  private long length32() throws IOException {
    return Integer.toUnsignedLong(in.little(Integer.BYTES).getInt());
  }

  private void protocol() throws IOException {
    int version = in.next();
    if (version < 2 || version > 5) {
      throw new IOException("it has the protocol " + version + "; 2 to 5 can be read");
    }
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() throws IOException {
    if (stack.isEmpty()) {
      throw new IOException("it takes a value where there is none");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws IOException {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> popMark() throws IOException {
    if (marks.isEmpty()) {
      throw new IOException("it closes what was not opened");
    }
    int from = marks.remove(marks.size() - 1);
    if (from > stack.size()) {
      throw new IOException("it takes a value where there is none");
    }
    List<Object> tail = stack.subList(from, stack.size());
    List<Object> values = new ArrayList<>(tail);
    tail.clear();
    return values;
  }

  private List<Object> tuple(int count) throws IOException {
    if (stack.size() < count) {
      throw new IOException("it takes a value where there is none");
    }
    List<Object> tail = stack.subList(stack.size() - count, stack.size());
    List<Object> values = List.copyOf(tail);
    tail.clear();
    return values;
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) throws IOException {
    if (!(top() instanceof ArrayList<?> list)) {
      throw new IOException("it appends to what is not a list");
    }
    ((List<Object>) list).addAll(values);
  }

  private void dictionary() throws IOException {
    List<Object> values = popMark();
    push(new LinkedHashMap<>());
    put(values);
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> pairs) throws IOException {
    if (!(top() instanceof LinkedHashMap<?, ?> map) || pairs.size() % 2 != 0) {
      throw new IOException("it sets a key of what is not a dictionary");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      Object key = pairs.get(i);
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw new IOException("it has a dictionary whose keys are neither texts nor numbers");
      }
      ((Map<Object, Object>) map).put(key, pairs.get(i + 1));
    }
  }

  private Object recall(long key) throws IOException {
    Object value = memo.get(key);
    if (value == null) {
      throw new IOException("it recalls what it never kept");
    }
    return value;
  }

  private void stackGlobal() throws IOException {
    List<Object> names = tuple(2);
    global(String.valueOf(names.get(0)), String.valueOf(names.get(1)));
  }

  private void global(String module, String name) throws IOException {
    Optional<?> found = world.find(module, name);
    if (found.isEmpty()) {
      throw new IOException(
          "it asks for '"
              + module
              + "."
              + name
              + "', which is not allowed in a checkpoint; nothing was executed");
    }
    push(found.get());
  }

  private void call() throws IOException {
    List<Object> call = tuple(2);
    if (!(call.get(0) instanceof PickleWorld.Constructor constructor)
        || !(call.get(1) instanceof List<?> arguments)) {
      throw new IOException("it calls what cannot be called");
    }
    push(constructor.construct(arguments));
  }

  private void build() throws IOException {
    Object state = pop();
    if (top() instanceof PickleRecord object && state instanceof Map<?, ?> attributes) {
      object.set(attributes);
    } else if (!(top() instanceof Map)) {
      throw new IOException("it sets attributes of what has none");
    }
  }
}
