package io.mae4j.core.train;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ParameterSpec;
import java.util.List;

/**
 * The parameter groups of the official fine-tuning: the nearer a layer is to the pixels, the slower
 * it learns. Embeddings are layer 0, block i is layer i + 1, what follows the blocks is the last
 * layer; a layer's learning rate is multiplied by {@code decay^(depth + 1 − layer)}. Biases, other
 * 1-D parameters, positions and the class token do not decay in weight.
 *
 * @param decay of the learning rate from layer to layer, above 0 and at most 1
 * @param depth blocks
 * @param weightDecay λ
 */
public record LayerDecay(double decay, int depth, double weightDecay)
    implements AdamWOptimizer.Groups {
  private static final List<String> EMBEDDINGS = List.of("cls_token", "pos_embed", "patch_embed");

  /** Checks the decay. */
  public LayerDecay {
    if (!(decay > 0 && decay <= 1)) {
      throw MaeException.user("layer-decay must be above 0 and at most 1, got " + decay);
    }
  }

  @Override
  public double lrScale(ParameterSpec parameter) {
    return StrictMath.pow(decay, depth + 1 - layer(parameter.name()));
  }

  @Override
  public double weightDecay(ParameterSpec parameter) {
    boolean exempt =
        parameter.shape().rank() == 1
            || parameter.name().equals("cls_token")
            || parameter.name().equals("pos_embed");
    return exempt ? 0 : weightDecay;
  }

  private int layer(String name) {
    List<String> parts = List.of(name.split("\\.", -1));
    if (EMBEDDINGS.contains(parts.get(0))) {
      return 0;
    }
    return parts.get(0).equals("blocks") ? Integer.parseInt(parts.get(1)) + 1 : depth + 1;
  }
}
