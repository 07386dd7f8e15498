package io.mae4j.api.model;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Tensor;
import java.util.List;

/** Turns visible patches into tokens. An encoder traces itself; it holds no values. */
public interface Encoder {

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
}
