package io.mae4j.api.model;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Rebuilds the hidden patches from the encoder's tokens. A decoder traces itself; it holds no
 * values.
 */
public interface Decoder {

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
}
