package io.mae4j.core.model;

import io.mae4j.api.graph.Array;
import io.mae4j.api.graph.DType;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.TensorType;
import io.mae4j.api.model.Decoder;
import io.mae4j.api.model.Encoder;
import io.mae4j.api.model.ImageSpec;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.random.Randomness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The masked autoencoder (He et al. 2021): the encoder sees the visible patches, the decoder
 * predicts the hidden ones, the loss is the mean squared error over them. In the variant of table
 * 1c the encoder sees mask tokens in the places of the hidden patches; the decoder then needs none,
 * and the parameter {@code mask_token} has the encoder's width.
 *
 * @param encoder sees visible patches
 * @param decoder predicts hidden ones
 * @param normPixLoss whether each target patch is normalised by its own mean and deviation
 * @param encoderMaskTokens whether the encoder sees mask tokens
 */
public record MaskedAutoencoder(
    Encoder encoder, Decoder decoder, boolean normPixLoss, boolean encoderMaskTokens) {
  /** Input: visible patches [B, Nv, C·P·P], values in the order (channel, row, column). */
  public static final String VISIBLE_PATCHES = "visible_patches";

  /** Input: places of the visible patches [B, Nv]. */
  public static final String VISIBLE_IDS = "visible_ids";

  /** Input: hidden patches [B, Nm, P·P·C], values in the order (row, column, channel). */
  public static final String MASKED_PATCHES = "masked_patches";

  /** Input: places of the hidden patches [B, Nm]. */
  public static final String MASKED_IDS = "masked_ids";

  private static final double NORM_PIX_EPS = 1e-6;

  /** The published model, whose encoder sees no mask tokens. */
  public MaskedAutoencoder(Encoder encoder, Decoder decoder, boolean normPixLoss) {
    this(encoder, decoder, normPixLoss, false);
  }

  /**
   * What a trace of the forward pass yields.
   *
   * @param latent the encoder's tokens [B, 1 + Nv, D]; [B, 1 + N, D] if it sees mask tokens
   * @param pred predicted patches: hidden ones [B, Nm, P²C], or all [B, N, P²C]
   */
  public record Forward(Tensor latent, Tensor pred) {}

  /** The images. */
  public ImageSpec image() {
    return encoder.image();
  }

  /** All parameters in the official order: those of the model itself, then those of its layers. */
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> all = new ArrayList<>(encoder.parameters());
    if (encoderMaskTokens) {
      all.add(maskToken());
    }
    decoder.parameters().stream()
        .filter(spec -> !(encoderMaskTokens && spec.name().equals(Decoder.MASK_TOKEN)))
        .forEach(all::add);
    return Stream.concat(
            all.stream().filter(spec -> !spec.name().contains(".")),
            all.stream().filter(spec -> spec.name().contains(".")))
        .toList();
  }

  /** What the encoder sees in the place of a hidden patch. */
  private ParameterSpec maskToken() {
    return Blocks.parameter(Decoder.MASK_TOKEN, Initializers.normal(0.02), 1, 1, encoder.width());
  }

  /** First values of all parameters, each drawn from its own generator. */
  public Map<String, Array> initialize(Randomness randomness) {
    Map<String, Array> values = new LinkedHashMap<>();
    for (ParameterSpec spec : parameters()) {
      float[] array = new float[Math.toIntExact(spec.shape().size())];
      spec.initializer().fill(array, randomness.draws("init:" + spec.name(), 0, 0));
      values.put(spec.name(), Array.of(spec.shape(), array));
    }
    return values;
  }

  /** Traces encoder and decoder for a batch of B images with Nv visible patches each. */
  public Forward forward(GraphBuilder graph, int batch, int visible) {
    int masked = image().grid().patches() - visible;
    Tensor visibleIds = ids(graph, VISIBLE_IDS, batch, visible);
    Tensor maskedIds = ids(graph, MASKED_IDS, batch, masked);
    if (encoderMaskTokens) {
      return forwardWithMaskTokens(graph, visibleIds, maskedIds, masked);
    }
    Tensor latent = encoder.encode(graph, patches(graph, visibleIds), visibleIds);
    return new Forward(latent, decoder.decode(graph, latent, visibleIds, maskedIds));
  }

  private Forward forwardWithMaskTokens(
      GraphBuilder graph, Tensor visibleIds, Tensor maskedIds, int wanted) {
    Tensor token = graph.state(Decoder.MASK_TOKEN, maskToken().shape());
    Tensor latent =
        encoder.encodeWithMaskTokens(
            graph, patches(graph, visibleIds), visibleIds, maskedIds, token);
    return new Forward(
        latent, decoder.decodeWithoutMaskTokens(graph, latent, visibleIds, maskedIds, wanted));
  }

  /**
   * Traces encoder and decoder so that every patch is predicted, the visible ones too.
   *
   * @param visible Nv, 1..N; if it is N, nothing is hidden and there are no masked inputs
   * @return the latent tokens, and predictions [B, N, P²C], those of visible patches first
   */
  public Forward forwardAll(GraphBuilder graph, int batch, int visible) {
    int patches = image().grid().patches();
    int masked = patches - visible;
    Tensor visibleIds = ids(graph, VISIBLE_IDS, batch, visible);
    if (encoderMaskTokens && masked > 0) {
      return forwardWithMaskTokens(
          graph, visibleIds, ids(graph, MASKED_IDS, batch, masked), patches);
    }
    Tensor latent = encoder.encode(graph, patches(graph, visibleIds), visibleIds);
    Optional<Tensor> maskedIds =
        masked == 0 ? Optional.empty() : Optional.of(ids(graph, MASKED_IDS, batch, masked));
    return new Forward(latent, decoder.decodeAll(graph, latent, visibleIds, maskedIds));
  }

  private static Tensor ids(GraphBuilder graph, String name, int batch, int count) {
    return graph.input(name, new TensorType(DType.INT32, Shape.of(batch, count)));
  }

  private Tensor patches(GraphBuilder graph, Tensor visibleIds) {
    return graph.input(
        VISIBLE_PATCHES,
        TensorType.real(visibleIds.dim(0), visibleIds.dim(1), image().patchValues()));
  }

  /**
   * Traces the loss []: the mean over hidden patches of the mean squared error of a patch, which is
   * the mean over all their values. A normalised target is (x − mean) / √(unbiased variance +
   * 1e-6), per patch over all its P²C values.
   */
  public Tensor loss(GraphBuilder graph, Tensor pred) {
    Tensor patches = graph.input(MASKED_PATCHES, pred.type());
    Tensor target = normPixLoss ? normalize(graph, patches) : patches;
    return graph.mean(graph.square(graph.sub(pred, target)), false, 0, 1, 2);
  }

  private static Tensor normalize(GraphBuilder graph, Tensor patches) {
    Tensor centred = graph.sub(patches, graph.mean(patches, true, -1));
    Tensor squares = graph.sum(graph.square(centred), true, -1);
    Tensor variance = graph.affine(squares, 1.0 / (patches.dim(-1) - 1), NORM_PIX_EPS);
    return graph.div(centred, graph.sqrt(variance));
  }
}
