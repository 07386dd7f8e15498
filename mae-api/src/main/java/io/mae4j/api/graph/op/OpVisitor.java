package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;

/**
 * A case for each operator. An engine implements it, so that a new operator does not compile until
 * every engine has it.
 *
 * @param <R> what a case returns
 */
public interface OpVisitor<R> {

  /** Handles {@link Input}. */
  R input(Input op, Node node);

  /** Handles {@link State}. */
  R state(State op, Node node);

  /** Handles {@link Constant}. */
  R constant(Constant op, Node node);

  /** Handles {@link Fill}. */
  R fill(Fill op, Node node);

  /** Handles {@link MatMul}. */
  R matMul(MatMul op, Node node);

  /** Handles {@link Linear}. */
  R linear(Linear op, Node node);

  /** Handles {@link LayerNorm}. */
  R layerNorm(LayerNorm op, Node node);

  /** Handles {@link LayerNormGrad}. */
  R layerNormGrad(LayerNormGrad op, Node node);

  /** Handles {@link Gelu}. */
  R gelu(Gelu op, Node node);

  /** Handles {@link GeluGrad}. */
  R geluGrad(GeluGrad op, Node node);

  /** Handles {@link Attention}. */
  R attention(Attention op, Node node);

  /** Handles {@link AttentionGrad}. */
  R attentionGrad(AttentionGrad op, Node node);

  /** Handles {@link CrossEntropy}. */
  R crossEntropy(CrossEntropy op, Node node);

  /** Handles {@link CrossEntropyGrad}. */
  R crossEntropyGrad(CrossEntropyGrad op, Node node);

  /** Handles {@link Reshape}. */
  R reshape(Reshape op, Node node);

  /** Handles {@link Broadcast}. */
  R broadcast(Broadcast op, Node node);

  /** Handles {@link Split}. */
  R split(Split op, Node node);

  /** Handles {@link Concat}. */
  R concat(Concat op, Node node);

  /** Handles {@link GatherTokens}. */
  R gatherTokens(GatherTokens op, Node node);

  /** Handles {@link ScatterTokens}. */
  R scatterTokens(ScatterTokens op, Node node);

  /** Handles {@link Binary}. */
  R binary(Binary op, Node node);

  /** Handles {@link Unary}. */
  R unary(Unary op, Node node);

  /** Handles {@link Affine}. */
  R affine(Affine op, Node node);

  /** Handles {@link Sum}. */
  R sum(Sum op, Node node);

  /** Handles {@link AdamW}. */
  R adamW(AdamW op, Node node);
}
