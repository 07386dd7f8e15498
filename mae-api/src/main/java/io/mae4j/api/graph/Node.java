package io.mae4j.api.graph;

import io.mae4j.api.graph.op.Op;
import java.util.List;

/**
 * One application of an operator.
 *
 * @param op the operator with its attributes
 * @param inputs the tensors it reads, in the order the operator documents
 * @param outputs the tensors it computes, in the order the operator documents
 * @param scope where in the model it was traced, for example {@code decoder.blocks.3}; may be empty
 */
public record Node(Op op, List<Tensor> inputs, List<Tensor> outputs, String scope) {

  /** Copies the lists. */
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The only output of a node whose operator has one. */
  public Tensor output() {
    if (outputs.size() != 1) {
      throw new IllegalStateException(op.name() + " has " + outputs.size() + " outputs");
    }
    return outputs.get(0);
  }

  /** The input at a position. */
  public Tensor input(int position) {
    return inputs.get(position);
  }
}
