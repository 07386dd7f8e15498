package io.mae4j.testkit.reference;

import io.mae4j.api.graph.Shape;
import java.util.ArrayList;
import java.util.List;

/** Cutting and joining along an axis. */
final class Pieces {
  private Pieces() {}

  static List<double[]> split(double[] x, Shape shape, int axis, List<Integer> sizes) {
    int outer = product(shape, 0, axis);
    int inner = product(shape, axis + 1, shape.rank());
    List<double[]> pieces = new ArrayList<>();
    int start = 0;
    for (int size : sizes) {
      double[] piece = new double[outer * size * inner];
      for (int i = 0; i < outer; i++) {
        int from = (i * shape.dim(axis) + start) * inner;
        System.arraycopy(x, from, piece, i * size * inner, size * inner);
      }
      pieces.add(piece);
      start += size;
    }
    return pieces;
  }

  static double[] concat(List<double[]> parts, Shape joined, int axis, List<Integer> sizes) {
    int outer = product(joined, 0, axis);
    int inner = product(joined, axis + 1, joined.rank());
    double[] y = new double[Math.toIntExact(joined.size())];
    int start = 0;
    for (int p = 0; p < parts.size(); p++) {
      int size = sizes.get(p);
      for (int i = 0; i < outer; i++) {
        int to = (i * joined.dim(axis) + start) * inner;
        System.arraycopy(parts.get(p), i * size * inner, y, to, size * inner);
      }
      start += size;
    }
    return y;
  }

  private static int product(Shape shape, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= shape.dim(axis);
    }
    return product;
  }
}
