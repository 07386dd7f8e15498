package io.mae4j.core.model;

import io.mae4j.api.error.MaeException;
import java.util.List;

/**
 * How much of a classifier is trained, beside its head: nothing, the last blocks with the final
 * norm, or everything. Half a block is its MLP with the norm before it (He et al. 2021, figure 9).
 *
 * @param all whether everything is trained, the patch projection and the positions included
 * @param blocks otherwise how many of the last blocks, a multiple of one half
 */
public record Tuning(boolean all, double blocks) {
  /** Everything. */
  public static final Tuning ALL = new Tuning(true, 0);

  /** The head alone. */
  public static final Tuning HEAD = new Tuning(false, 0);

  /** Checks the number. */
  public Tuning {
    if (!(blocks >= 0) || 2 * blocks != Math.rint(2 * blocks)) {
      throw MaeException.user("blocks must be 0 or a positive multiple of one half, got " + blocks);
    }
  }

  /** The last blocks and the final norm. */
  public static Tuning blocks(double blocks) {
    return new Tuning(false, blocks);
  }

  /**
   * Whether a parameter of the encoder is trained.
   *
   * @param depth the encoder's blocks
   */
  boolean includes(String parameter, int depth) {
    if (all) {
      return true;
    }
    if (blocks > depth) {
      throw MaeException.user(
          "the last " + blocks + " blocks cannot be tuned, the encoder has " + depth);
    }
    if (!parameter.startsWith("blocks.")) {
      return blocks > 0 && (parameter.startsWith("norm.") || parameter.startsWith("fc_norm."));
    }
    List<String> parts = List.of(parameter.split("\\.", -1));
    int fromEnd = depth - Integer.parseInt(parts.get(1));
    boolean half = parts.get(2).equals("norm2") || parts.get(2).equals("mlp");
    return fromEnd <= Math.floor(blocks) || (half && fromEnd <= Math.ceil(blocks));
  }
}
