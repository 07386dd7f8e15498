package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joins and parts arrays along their first axis, without touching a value. */
final class Rows {
  private Rows() {}

  /**
   * One array of several.
   *
   * @param where what to call them in a message
   * @param parts [r, ...] each, of one type and shape
   * @return [Σr, ...]
   */
  static Array join(String where, List<Array> parts) {
    Array first = parts.get(0);
    for (Array part : parts) {
      if (!part.shape().equals(first.shape())
          || part.dtype() != first.dtype()
          || part.shape().rank() == 0) {
        throw MaeException.data(
            where + " has parts of different shapes: " + first + " and " + part);
      }
    }
    int length = Math.toIntExact(first.shape().size());
    Shape shape = first.shape().with(0, first.shape().dim(0) * parts.size());
    return switch (first.dtype()) {
      case FLOAT32 -> {
        float[] all = new float[length * parts.size()];
        for (int i = 0; i < parts.size(); i++) {
          System.arraycopy(parts.get(i).floats(), 0, all, i * length, length);
        }
        yield Array.of(shape, all);
      }
      case FLOAT64 -> {
        double[] all = new double[length * parts.size()];
        for (int i = 0; i < parts.size(); i++) {
          System.arraycopy(parts.get(i).doubles(), 0, all, i * length, length);
        }
        yield Array.of(shape, all);
      }
      case INT32 -> throw MaeException.data(where + " holds whole numbers");
    };
  }

  /** Equal parts of an array [n·r, ...]: n arrays [r, ...]. */
  static List<Array> part(Array array, int count) {
    Shape shape = array.shape().with(0, array.shape().dim(0) / count);
    int length = Math.toIntExact(shape.size());
    List<Array> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = i * length;
      parts.add(
          switch (array.dtype()) {
            case FLOAT32 ->
                Array.of(shape, Arrays.copyOfRange(array.floats(), from, from + length));
            case FLOAT64 ->
                Array.of(shape, Arrays.copyOfRange(array.doubles(), from, from + length));
            case INT32 -> Array.of(shape, Arrays.copyOfRange(array.ints(), from, from + length));
          });
    }
    return parts;
  }
}
