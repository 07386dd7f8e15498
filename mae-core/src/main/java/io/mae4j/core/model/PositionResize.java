package io.mae4j.core.model;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.masking.PatchGrid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Position embeddings for another grid of patches: bicubic interpolation in two dimensions as the
 * official helper has it from torch. Keys's kernel (1981) with A = −0.75, sample centres at half
 * integers, samples beyond the border repeat it, no antialiasing; the class token's row stays.
 */
public final class PositionResize {
  private static final double A = -0.75;
  private static final int TAPS = 4;

  private PositionResize() {}

  /**
   * A model's values with the positions of encoder and decoder for another grid.
   *
   * @param values the model's values by official name
   * @param from the grid they were made for
   * @param to the grid they are wanted for
   */
  public static Map<String, Array> apply(Map<String, Array> values, PatchGrid from, PatchGrid to) {
    if (from.equals(to)) {
      return values;
    }
    Map<String, Array> resized = new LinkedHashMap<>(values);
    for (String name : List.of("pos_embed", "decoder_pos_embed")) {
      Array table = values.get(name);
      if (table != null) {
        resized.put(name, table(table, from, to));
      }
    }
    return resized;
  }

  /**
   * One table for another grid.
   *
   * @param table [1, 1 + N, D], the class token's row first
   * @param from N patches
   * @param to M patches
   * @return [1, 1 + M, D] of the same type
   */
  public static Array table(Array table, PatchGrid from, PatchGrid to) {
    if (table.shape().dim(1) != 1 + from.patches()) {
      throw MaeException.data(
          "a position embedding " + table.shape() + " does not belong to a grid of " + from);
    }
    int width = table.shape().dim(2);
    double[] source = table.toDoubles();
    double[] result = new double[(1 + to.patches()) * width];
    System.arraycopy(source, 0, result, 0, width);
    Taps rows = Taps.of(from.rows(), to.rows());
    Taps columns = Taps.of(from.columns(), to.columns());
    for (int y = 0; y < to.rows(); y++) {
      for (int x = 0; x < to.columns(); x++) {
        int target = (1 + y * to.columns() + x) * width;
        for (int i = 0; i < TAPS; i++) {
          for (int j = 0; j < TAPS; j++) {
            int patch = rows.places()[y][i] * from.columns() + columns.places()[x][j];
            double weight = rows.weights()[y][i] * columns.weights()[x][j];
            for (int d = 0; d < width; d++) {
              result[target + d] += weight * source[(1 + patch) * width + d];
            }
          }
        }
      }
    }
    Shape shape = Shape.of(1, 1 + to.patches(), width);
    Array resized = Array.of(shape, result);
    return table.dtype().equals(resized.dtype()) ? resized : Array.of(shape, resized.toFloats());
  }

  /** For each sample along one axis, the four samples it is made of, and how much of each. */
  private record Taps(int[][] places, double[][] weights) {

    static Taps of(int from, int to) {
      int[][] places = new int[to][TAPS];
      double[][] weights = new double[to][TAPS];
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * from / to - 0.5;
        int floor = (int) Math.floor(centre);
        double t = centre - floor;
        double[] weight = {outer(t + 1), inner(t), inner(1 - t), outer(2 - t)};
        weights[i] = weight;
        for (int tap = 0; tap < TAPS; tap++) {
          places[i][tap] = Math.min(Math.max(floor - 1 + tap, 0), from - 1);
        }
      }
      return new Taps(places, weights);
    }

    /** Keys's kernel at a distance of at most 1. */
    private static double inner(double x) {
      return ((A + 2) * x - (A + 3)) * x * x + 1;
    }

    /** Keys's kernel at a distance from 1 to 2. */
    private static double outer(double x) {
      return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
    }
  }
}
