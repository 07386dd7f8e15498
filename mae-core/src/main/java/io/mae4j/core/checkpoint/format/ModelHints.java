package io.mae4j.core.checkpoint.format;

import io.mae4j.api.error.MaeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is known of a model besides its tensors' shapes, from its file or from whoever asks.
 *
 * @param heads attention heads of the encoder
 * @param decoderHeads attention heads of the decoder
 * @param images sizes its images may have; needed where patches do not make a square
 * @param normPixLoss whether its targets are normalised
 * @param normEps what its layer norms add to the variance
 */
public record ModelHints(
    Optional<Integer> heads,
    Optional<Integer> decoderHeads,
    List<Extent> images,
    Optional<Boolean> normPixLoss,
    Optional<Double> normEps) {

  /** Copies the list. */
  public ModelHints {
    images = List.copyOf(images);
  }

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
        Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
  }

  /** Attention heads alone. */
  public static ModelHints heads(Optional<Integer> heads, Optional<Integer> decoderHeads) {
    return new ModelHints(heads, decoderHeads, List.of(), Optional.empty(), Optional.empty());
  }

  /** This with one more size that its images may have, if there is one. */
  public ModelHints orImage(Optional<Extent> size) {
    List<Extent> all = Stream.concat(images.stream(), size.stream()).toList();
    return new ModelHints(heads, decoderHeads, all, normPixLoss, normEps);
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
        Stream.concat(images.stream(), asked.images.stream()).toList(),
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
