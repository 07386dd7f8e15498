package io.mae4j.core.masking;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.Array;
import io.mae4j.api.masking.Mask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The masks that the official code draws from given noise, so that two programs can mask alike. */
public final class NoiseMasks {
  private NoiseMasks() {}

  /**
   * Masks from noise: the argsort of a row is the order of its patches, the first ones stay
   * visible. Equal values keep the order of their patches.
   *
   * @param noise [B, N]
   * @param visible Nv, how many patches stay visible
   * @return B masks
   * @throws MaeException of kind DATA if a value is not a number
   */
  public static List<Mask> of(Array noise, int visible) {
    int patches = noise.shape().dim(1);
    double[] values = noise.toDoubles();
    List<Mask> masks = new ArrayList<>();
    for (int row = 0; row < noise.shape().dim(0); row++) {
      int offset = row * patches;
      int[] order =
          IntStream.range(0, patches)
              .boxed()
              .sorted(Comparator.comparingDouble(patch -> known(values, offset + patch)))
              .mapToInt(Integer::intValue)
              .toArray();
      masks.add(Mask.ofOrder(order, visible));
    }
    return masks;
  }

  private static double known(double[] values, int index) {
    if (Double.isNaN(values[index])) {
      throw MaeException.data("the noise holds NaN at element " + index);
    }
    return values[index];
  }
}
