package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Shape;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** How values are spelled in TorchScript. */
final class Text {
  private Text() {}

  /** A floating-point literal that reads back as the same double. */
  static String number(double value) {
    return Double.isFinite(value)
        ? Double.toString(value)
        : "float(\"" + (Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf") + "\")";
  }

  /** A list of integers. */
  static String list(int... values) {
    return Arrays.toString(values);
  }

  /** The extents of a shape as a list. */
  static String list(Shape shape) {
    return list(shape.dims());
  }

  /** A list of expressions; TorchScript cannot guess the type of an empty one. */
  static String tensors(Collection<String> expressions) {
    return expressions.isEmpty()
        ? "annotate(List[Tensor], [])"
        : expressions.stream().collect(Collectors.joining(", ", "[", "]"));
  }
}
