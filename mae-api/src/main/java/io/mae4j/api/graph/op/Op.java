package io.mae4j.api.graph.op;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.TensorType;
import java.util.List;

/**
 * An operator with its attributes. The permitted records are all there are; each documents its
 * mathematical definition, the shapes of its inputs and outputs, and its gradient.
 */
public sealed interface Op
    permits AdamW,
        Affine,
        Attention,
        AttentionGrad,
        Binary,
        Broadcast,
        Concat,
        Constant,
        CrossEntropy,
        CrossEntropyGrad,
        Fill,
        GatherTokens,
        Gelu,
        GeluGrad,
        Input,
        LayerNorm,
        LayerNormGrad,
        Linear,
        MatMul,
        Reshape,
        ScatterTokens,
        Split,
        State,
        Sum,
        Unary {

  /** Its name in listings and messages. */
  String name();

  /**
   * The types of its outputs.
   *
   * @throws IllegalArgumentException if it cannot be applied to such inputs, with a message that
   *     says why
   */
  List<TensorType> infer(List<TensorType> inputs);

  /** Calls the visitor's case for this operator. */
  <R> R accept(OpVisitor<R> visitor, Node node);
}
