package io.mae4j.api.model;

import io.mae4j.api.error.MaeException;
import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds the hidden patches from the encoder's tokens. A decoder traces itself; it holds no
 * values.
 */
public interface Decoder {
  /**
   * The official name of the token that stands in for a hidden patch. Where the encoder sees mask
   * tokens, the parameter of this name is the encoder's, and a decoder's own is left out.
   */
  String MASK_TOKEN = "mask_token";

  /** Its parameters in checkpoint order. */
  List<ParameterSpec> parameters();

  /**
   * Traces the decoding.
   *
   * @param graph where to trace
   * @param latent the encoder's tokens [B, 1 + Nv, D], the class token first
   * @param visibleIds the places of the visible patches [B, Nv]
   * @param maskedIds the places of the hidden patches [B, Nm]
   * @return predicted hidden patches [B, Nm, P·P·C], in the order of maskedIds, values in the order
   *     (row, column, channel)
   */
  Tensor decode(GraphBuilder graph, Tensor latent, Tensor visibleIds, Tensor maskedIds);

  /**
   * Traces the decoding of every patch, the visible ones too: for looking at a model and comparing
   * it, not for training, whose loss sees hidden patches alone.
   *
   * @param graph where to trace
   * @param latent the encoder's tokens [B, 1 + Nv, D], the class token first
   * @param visibleIds the places of the visible patches [B, Nv]
   * @param maskedIds the places of the hidden patches [B, Nm]; empty if none is hidden
   * @return predicted patches [B, N, P·P·C], those of visibleIds first, then those of maskedIds
   */
  Tensor decodeAll(
      GraphBuilder graph, Tensor latent, Tensor visibleIds, Optional<Tensor> maskedIds);

  /**
   * Traces the decoding where the encoder yields a token for every patch, because it sees mask
   * tokens itself. A decoder need not offer it.
   *
   * @param graph where to trace
   * @param latent the encoder's tokens [B, 1 + N, D]: the class token, the visible patches, the
   *     hidden ones
   * @param visibleIds the places of the visible patches [B, Nv]
   * @param maskedIds the places of the hidden patches [B, Nm]
   * @param wanted how many patches to predict, the last ones in the order of latent: Nm or N
   * @return predicted patches [B, wanted, P·P·C], values in the order (row, column, channel)
   * @throws MaeException of kind USER if the decoder does not offer it, which this method does
   *     unless overridden
   */
  default Tensor decodeWithoutMaskTokens(
      GraphBuilder graph, Tensor latent, Tensor visibleIds, Tensor maskedIds, int wanted) {
    throw MaeException.user(
        "the decoder "
            + getClass().getName()
            + " needs mask tokens of its own; leave out "
            + Encoder.MASK_TOKENS);
  }
}
