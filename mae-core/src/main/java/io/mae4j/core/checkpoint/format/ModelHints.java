package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known of a model besides its tensors' shapes, from its file or from whoever asks.
 *
 * @param heads attention heads of the encoder
 * @param decoderHeads attention heads of the decoder
 * @param image its images' size; needed where patches do not make a square
 * @param normPixLoss whether its targets are normalised
 * @param normEps what its layer norms add to the variance
 */
public record ModelHints(
    Optional<Integer> heads,
    Optional<Integer> decoderHeads,
    Optional<Extent> image,
    Optional<Boolean> normPixLoss,
    Optional<Double> normEps) {

  /**
   * The size of an image.
   *
   * @param height H in pixels
   * @param width W in pixels
   */
  public record Extent(int height, int width) {
    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  /** Nothing is known. */
  public static ModelHints none() {
    return new ModelHints(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Attention heads alone. */
  public static ModelHints heads(Optional<Integer> heads, Optional<Integer> decoderHeads) {
    return new ModelHints(
        heads, decoderHeads, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** This with the image size, where it is not known otherwise. */
  public ModelHints orImage(Optional<Extent> size) {
    return new ModelHints(heads, decoderHeads, image.or(() -> size), normPixLoss, normEps);
  }

  /**
   * This, which a file says, together with what was asked for.
   *
   * @throws MaeException of kind USER if both say something and it differs
   */
  ModelHints and(String file, ModelHints asked) {
    return new ModelHints(
        agree(file, "heads (--num-heads)", asked, ModelHints::heads),
        agree(file, "decoder heads (--decoder-num-heads)", asked, ModelHints::decoderHeads),
        image.or(asked::image),
        normPixLoss.or(asked::normPixLoss),
        normEps.or(asked::normEps));
  }

  private Optional<Integer> agree(
      String file,
      String what,
      ModelHints asked,
      Function<ModelHints, Optional<Integer>> property) {
    Optional<Integer> said = property.apply(this);
    Optional<Integer> wanted = property.apply(asked);
    if (said.isPresent() && wanted.isPresent() && !said.equals(wanted)) {
      throw MaeException.user(file + " has " + said.get() + " " + what + ", not " + wanted.get());
    }
    return said.or(() -> wanted);
  }
}
