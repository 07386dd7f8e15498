package org.example.fovea;

import io.mae4j.api.masking.Mask;
import io.mae4j.api.masking.MaskingStrategy;
import io.mae4j.api.masking.PatchGrid;
import java.util.Arrays;
import java.util.Comparator;
import io.mae4j.api.random.Draws;
import java.util.stream.IntStream;

/** Keeps the patches nearest to a point drawn for each image; ties go to the patch that comes first. */
final class FoveaMasking implements MaskingStrategy {

  @Override
  public Mask draw(PatchGrid grid, double maskRatio, Draws random) {
    double row = random.unit() * grid.rows();
    double column = random.unit() * grid.columns();
    double[] distance = new double[grid.patches()];
    for (int patch = 0; patch < distance.length; patch++) {
      double down = patch / grid.columns() + 0.5 - row;
      double across = patch % grid.columns() + 0.5 - column;
      distance[patch] = down * down + across * across;
    }
    Integer[] nearestFirst = IntStream.range(0, distance.length).boxed().toArray(Integer[]::new);
    Arrays.sort(nearestFirst, Comparator.comparingDouble(patch -> distance[patch]));
    int[] order = Arrays.stream(nearestFirst).mapToInt(Integer::intValue).toArray();
    return Mask.ofOrder(order, grid.visible(maskRatio));
  }
}
