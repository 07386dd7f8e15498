package io.mae4j.api.model;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Tensor;
import java.util.List;

/** Turns visible patches into tokens. An encoder traces itself; it holds no values. */
public interface Encoder {
  /** The setting that shows mask tokens to the encoder. */
  String MASK_TOKENS = "encoder-mask-tokens";

  /** The images it takes. */
  ImageSpec image();

  /** D, the width of its tokens. */
  int width();

  /** Its parameters in checkpoint order. */
  List<ParameterSpec> parameters();

  /**
   * Traces the encoding.
   *
   * @param graph where to trace
   * @param patches visible patches [B, Nv, C·P·P], values in the order (channel, row, column), as
   *     the projection's weight stores them
   * @param ids their places in the image [B, Nv], 0..N−1
   * @return tokens [B, 1 + Nv, D] after the final norm, the class token first
   */
  Tensor encode(GraphBuilder graph, Tensor patches, Tensor ids);

  /**
   * Traces the encoding of whole images whose hidden patches are mask tokens: the costly variant
   * that He et al. 2021 compare theirs with in table 1c. An encoder need not offer it.
   *
   * @param graph where to trace
   * @param patches visible patches [B, Nv, C·P·P], values in the order (channel, row, column)
   * @param visibleIds the places of the visible patches [B, Nv]
   * @param maskedIds the places of the hidden patches [B, Nm]
   * @param maskToken what stands in for each hidden patch before its position is added [1, 1, D]
   * @return tokens [B, 1 + N, D] after the final norm: the class token, the visible patches, the
   *     hidden ones
   * @throws MaeException of kind USER if the encoder does not offer it, which this method does
   *     unless overridden
   */
  default Tensor encodeWithMaskTokens(
      GraphBuilder graph, Tensor patches, Tensor visibleIds, Tensor maskedIds, Tensor maskToken) {
    throw MaeException.user(
        "the encoder " + getClass().getName() + " takes no mask tokens; leave out " + MASK_TOKENS);
  }
}
