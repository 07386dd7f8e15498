package io.mae4j.core.checkpoint;

import io.mae4j.api.error.ErrorKind;
import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checked header of a safetensors file: every tensor lies inside the file, none overlaps
 * another, and each has as many bytes as its shape asks for.
 *
 * @param entries the tensors in the header's order
 * @param metadata free text by name
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The element types that can be read. */
  enum Type {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    I64(8),
    I32(4);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }
  }

  /** Where a tensor lies, in bytes after the header. */
  record Entry(String name, Type type, Shape shape, long begin, long end) {}

  static SafetensorsHeader parse(Path path, byte[] json, long dataBytes) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new MaeException(ErrorKind.DATA, path + " is damaged: its header is not JSON", e);
    }
    if (!root.isObject()) {
      throw MaeException.data(path + ": its header is not a JSON object");
    }
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      if (property.getKey().equals(METADATA)) {
        property
            .getValue()
            .properties()
            .forEach(text -> metadata.put(text.getKey(), text.getValue().asString("")));
      } else {
        entries.add(entry(path, property.getKey(), property.getValue(), dataBytes));
      }
    }
    refuseOverlap(path, entries);
    return new SafetensorsHeader(Collections.unmodifiableList(entries), metadata);
  }

  private static Entry entry(Path path, String name, JsonNode node, long dataBytes) {
    String where = path + ": tensor '" + name + "' ";
    Type type = type(where, node.path("dtype").asString(""));
    Shape shape = shape(where, node.path("shape"));
    JsonNode offsets = node.path("data_offsets");
    if (!offsets.isArray()
        || offsets.size() != 2
        || !offsets.get(0).canConvertToLong()
        || !offsets.get(1).canConvertToLong()) {
      throw MaeException.data(where + "has no two data_offsets");
    }
    long begin = offsets.get(0).asLong();
    long end = offsets.get(1).asLong();
    if (begin < 0 || end < begin || end > dataBytes) {
      throw MaeException.data(
          where
              + "lies at bytes "
              + begin
              + " to "
              + end
              + ", but the file holds "
              + dataBytes
              + "; is it truncated?");
    }
    if (shape.size() > (end - begin) / type.bytes() || shape.size() * type.bytes() != end - begin) {
      throw MaeException.data(
          where + type + " " + shape + " does not fill its " + (end - begin) + " bytes");
    }
    if (shape.size() > Integer.MAX_VALUE - 8) {
      throw MaeException.data(where + "has " + shape.size() + " elements, more than can be held");
    }
    return new Entry(name, type, shape, begin, end);
  }

  private static Type type(String where, String dtype) {
    for (Type type : Type.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw MaeException.data(where + "has the unknown dtype '" + dtype + "'");
  }

  private static Shape shape(String where, JsonNode node) {
    if (!node.isArray() || node.size() > 16) {
      throw MaeException.data(where + "has no shape of at most 16 axes");
    }
    int[] dims = new int[node.size()];
    for (int i = 0; i < dims.length; i++) {
      if (!node.get(i).isIntegralNumber()
          || !node.get(i).canConvertToInt()
          || node.get(i).asInt() < 1) {
        throw MaeException.data(
            where + "has the extent " + node.get(i) + ", which is not a number from 1");
      }
      dims[i] = node.get(i).asInt();
    }
    Shape shape = Shape.of(dims);
    try {
      shape.size();
    } catch (ArithmeticException e) {
      throw new MaeException(ErrorKind.DATA, where + "claims the impossible shape " + shape, e);
    }
    return shape;
  }

  private static void refuseOverlap(Path path, List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).begin() < sorted.get(i - 1).end()) {
        throw MaeException.data(
            path
                + ": tensors '"
                + sorted.get(i - 1).name()
                + "' and '"
                + sorted.get(i).name()
                + "' overlap");
      }
    }
  }
}
