package io.mae4j.cli.config;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.VitConfig;
import java.util.Optional;

/**
 * The network.
 *
 * @param size the named size that fills what is not given
 * @param encoder the kind of encoder
 * @param decoder the kind of decoder
 * @param encoderWidth D of the encoder
 * @param encoderDepth blocks of the encoder
 * @param encoderHeads attention heads of the encoder
 * @param decoderWidth D of the decoder
 * @param decoderDepth blocks of the decoder
 * @param decoderHeads attention heads of the decoder
 * @param mlpRatio hidden width of the MLPs as a multiple of D
 * @param normEps what layer norms add to the variance
 * @param inputSize H and W in pixels
 * @param patchSize P in pixels
 * @param channels C
 * @param normPixLoss whether the target patches are normalised
 * @param encoderMaskTokens whether the encoder sees mask tokens in the places of hidden patches
 */
public record ModelConfig(
    ModelSize size,
    String encoder,
    String decoder,
    Optional<Integer> encoderWidth,
    Optional<Integer> encoderDepth,
    Optional<Integer> encoderHeads,
    Optional<Integer> decoderWidth,
    Optional<Integer> decoderDepth,
    Optional<Integer> decoderHeads,
    double mlpRatio,
    double normEps,
    Optional<ImageSize> inputSize,
    Optional<Integer> patchSize,
    Optional<Integer> channels,
    boolean normPixLoss,
    boolean encoderMaskTokens) {

  /** Checks the numbers, also against each other. */
  public ModelConfig {
    Check check =
        new Check()
            .atLeast(1, "encoder-width", encoderWidth)
            .atLeast(1, "encoder-depth", encoderDepth)
            .atLeast(1, "encoder-heads", encoderHeads)
            .atLeast(1, "decoder-width", decoderWidth)
            .atLeast(1, "decoder-depth", decoderDepth)
            .atLeast(1, "decoder-heads", decoderHeads)
            .that(mlpRatio > 0, "mlp-ratio", "must be positive", mlpRatio)
            .that(normEps > 0, "norm-eps", "must be positive", normEps)
            .atLeast(
                1, "input-size", inputSize.map(image -> Math.min(image.height(), image.width())))
            .atLeast(1, "patch-size", patchSize)
            .atLeast(1, "in-chans", channels);
    check.done();
    fits(
        "encoder-width",
        encoderWidth,
        encoderDepth,
        encoderHeads,
        size.encoder(),
        mlpRatio,
        normEps);
    fits(
        "decoder-width",
        decoderWidth,
        decoderDepth,
        decoderHeads,
        size.decoder(),
        mlpRatio,
        normEps);
    if (inputSize.isPresent() && patchSize.isPresent()) {
      ImageSize image = inputSize.get();
      int patch = patchSize.get();
      check
          .that(
              image.height() % patch == 0 && image.width() % patch == 0,
              "patch-size",
              "must divide input-size " + image,
              patch)
          .done();
    }
  }

  private static void fits(
      String key,
      Optional<Integer> width,
      Optional<Integer> depth,
      Optional<Integer> heads,
      VitConfig named,
      double mlpRatio,
      double normEps) {
    try {
      vit(width, depth, heads, named, mlpRatio, normEps);
    } catch (MaeException e) {
      throw new InvalidSectionException(
          java.util.List.of(
              new InvalidSectionException.Violation(key, "does not fit: " + e.getMessage())));
    }
  }

  private static VitConfig vit(
      Optional<Integer> width,
      Optional<Integer> depth,
      Optional<Integer> heads,
      VitConfig named,
      double mlpRatio,
      double normEps) {
    return new VitConfig(
        width.orElse(named.width()),
        depth.orElse(named.depth()),
        heads.orElse(named.heads()),
        mlpRatio,
        normEps);
  }

  /** The encoder's blocks. */
  public VitConfig encoderBlocks() {
    return vit(encoderWidth, encoderDepth, encoderHeads, size.encoder(), mlpRatio, normEps);
  }

  /** The decoder's blocks. */
  public VitConfig decoderBlocks() {
    return vit(decoderWidth, decoderDepth, decoderHeads, size.decoder(), mlpRatio, normEps);
  }

  /** The patch side for images of a size: the given one, or the one that follows the size. */
  public int patchFor(ImageSize image) {
    return patchSize.orElseGet(() -> size.patch(image));
  }

  /** This with nothing left open. */
  ModelConfig resolved(ImageSpec image) {
    VitConfig encoderBlocks = encoderBlocks();
    VitConfig decoderBlocks = decoderBlocks();
    return new ModelConfig(
        size,
        encoder,
        decoder,
        Optional.of(encoderBlocks.width()),
        Optional.of(encoderBlocks.depth()),
        Optional.of(encoderBlocks.heads()),
        Optional.of(decoderBlocks.width()),
        Optional.of(decoderBlocks.depth()),
        Optional.of(decoderBlocks.heads()),
        mlpRatio,
        normEps,
        Optional.of(new ImageSize(image.height(), image.width())),
        Optional.of(image.patch()),
        Optional.of(image.channels()),
        normPixLoss,
        encoderMaskTokens);
  }
}
