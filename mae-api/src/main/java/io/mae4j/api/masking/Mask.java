package io.mae4j.api.masking;

import io.mae4j.api.error.MaeException;
import java.util.Arrays;

/** Which patches of one image are visible, and in which order the model sees them. Immutable. */
public final class Mask {
  private final int[] order;
  private final int visible;

  private Mask(int[] order, int visible) {
    this.order = order;
    this.visible = visible;
  }

  /**
   * A mask from an order of all patches: the first ones are visible, the others hidden. The
   * official code calls the order {@code ids_shuffle}.
   *
   * @param order every patch index 0..N−1 once
   * @param visible Nv, how many of them stay visible, 1..N
   * @throws MaeException of kind PLUGIN if the order is not a permutation or the count is out of
   *     range
   */
  public static Mask ofOrder(int[] order, int visible) {
    boolean[] seen = new boolean[order.length];
    for (int patch : order) {
      if (patch < 0 || patch >= order.length || seen[patch]) {
        throw MaeException.plugin(
            "a mask's order must hold every patch of 0.."
                + (order.length - 1)
                + " once, got "
                + Arrays.toString(order));
      }
      seen[patch] = true;
    }
    if (visible < 1 || visible > order.length) {
      throw MaeException.plugin(
          "a mask must leave 1.." + order.length + " patches visible, got " + visible);
    }
    return new Mask(order.clone(), visible);
  }

  /**
   * A mask from the set of hidden patches; visible and hidden ones are each in ascending order.
   *
   * @param hidden for each patch, whether it is hidden
   */
  public static Mask ofHidden(boolean[] hidden) {
    int[] order = new int[hidden.length];
    int next = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int patch = 0; patch < hidden.length; patch++) {
        if (hidden[patch] == (pass == 1)) {
          order[next++] = patch;
        }
      }
    }
    int visible = 0;
    for (boolean h : hidden) {
      visible += h ? 0 : 1;
    }
    return ofOrder(order, visible);
  }

  /** N, the number of patches. */
  public int patches() {
    return order.length;
  }

  /** Indices of the visible patches [Nv], in the model's order ({@code ids_keep}). */
  public int[] visible() {
    return Arrays.copyOf(order, visible);
  }

  /** Indices of the hidden patches [Nm], in the model's order. */
  public int[] masked() {
    return Arrays.copyOfRange(order, visible, order.length);
  }

  /** Where each patch stands in the order [N] ({@code ids_restore}). */
  public int[] restore() {
    int[] restore = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      restore[order[i]] = i;
    }
    return restore;
  }

  /** For each patch [N], whether it is hidden. */
  public boolean[] hidden() {
    boolean[] hidden = new boolean[order.length];
    for (int i = visible; i < order.length; i++) {
      hidden[order[i]] = true;
    }
    return hidden;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask mask
        && visible == mask.visible
        && Arrays.equals(order, mask.order);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(order) + visible;
  }

  @Override
  public String toString() {
    return "visible " + Arrays.toString(visible()) + " of " + order.length;
  }
}
