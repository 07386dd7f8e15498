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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The masked autoencoder (He et al. 2021): the encoder sees the visible patches, the decoder
 * predicts the hidden ones, the loss is the mean squared error over them.
 *
 * @param encoder sees visible patches
 * @param decoder predicts hidden ones
 * @param normPixLoss whether each target patch is normalised by its own mean and deviation
 */
public record MaskedAutoencoder(Encoder encoder, Decoder decoder, boolean normPixLoss) {
  /** Input: visible patches [B, Nv, C·P·P], values in the order (channel, row, column). */
  public static final String VISIBLE_PATCHES = "visible_patches";

  /** Input: places of the visible patches [B, Nv]. */
  public static final String VISIBLE_IDS = "visible_ids";

  /** Input: hidden patches [B, Nm, P·P·C], values in the order (row, column, channel). */
  public static final String MASKED_PATCHES = "masked_patches";

  /** Input: places of the hidden patches [B, Nm]. */
  public static final String MASKED_IDS = "masked_ids";

  private static final double NORM_PIX_EPS = 1e-6;

  /**
   * What a trace of the forward pass yields.
   *
   * @param latent the encoder's tokens [B, 1 + Nv, D]
   * @param pred predicted hidden patches [B, Nm, P²C]
   */
  public record Forward(Tensor latent, Tensor pred) {}

  /** The images. */
  public ImageSpec image() {
    return encoder.image();
  }

  /** All parameters in the official order: those of the model itself, then those of its layers. */
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> all =
        Stream.concat(encoder.parameters().stream(), decoder.parameters().stream()).toList();
    return Stream.concat(
            all.stream().filter(spec -> !spec.name().contains(".")),
            all.stream().filter(spec -> spec.name().contains(".")))
        .toList();
  }

  /** First values of all parameters, each drawn from its own generator. */
  public Map<String, Array> initialize(Randomness randomness) {
    Map<String, Array> values = new LinkedHashMap<>();
    for (ParameterSpec spec : parameters()) {
      float[] array = new float[Math.toIntExact(spec.shape().size())];
      spec.initializer().fill(array, randomness.generator("init:" + spec.name(), 0, 0));
      values.put(spec.name(), Array.of(spec.shape(), array));
    }
    return values;
  }

  /** Traces encoder and decoder for a batch of B images with Nv visible patches each. */
  public Forward forward(GraphBuilder graph, int batch, int visible) {
    int masked = image().grid().patches() - visible;
    Tensor patches =
        graph.input(VISIBLE_PATCHES, TensorType.real(batch, visible, image().patchValues()));
    Tensor visibleIds =
        graph.input(VISIBLE_IDS, new TensorType(DType.INT32, Shape.of(batch, visible)));
    Tensor maskedIds =
        graph.input(MASKED_IDS, new TensorType(DType.INT32, Shape.of(batch, masked)));
    Tensor latent = encoder.encode(graph, patches, visibleIds);
    return new Forward(latent, decoder.decode(graph, latent, visibleIds, maskedIds));
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
