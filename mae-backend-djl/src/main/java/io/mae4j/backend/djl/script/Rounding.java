package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * Rounds the operands of matrix products to bfloat16 and widens their results to single precision;
 * in single precision it leaves both as they are. A tensor that several products of a function read
 * is rounded once.
 */
final class Rounding {
  /** PyTorch's number of bfloat16. */
  private static final int BFLOAT16 = 15;

  private final Body body;
  private final boolean active;
  private final Map<Tensor, String> everywhere = new HashMap<>();
  private final Map<Tensor, String> here = new HashMap<>();
  private boolean shared = true;

  Rounding(Body body, boolean active) {
    this.body = body;
    this.active = active;
  }

  /** Whether anything is rounded. */
  boolean active() {
    return active;
  }

  /** From now on statements belong to a function of their own, which others do not see. */
  void enterFunction() {
    shared = false;
    here.clear();
  }

  /** The expression for a tensor that a product reads. */
  String operand(Tensor tensor) {
    if (!active) {
      return body.use(tensor);
    }
    String known = everywhere.getOrDefault(tensor, here.get(tensor));
    if (known != null) {
      return known;
    }
    String rounded = body.temporary(rounded(body.use(tensor)));
    (shared ? everywhere : here).put(tensor, rounded);
    return rounded;
  }

  /** A value that no tensor of the graph stands for, as a product reads it. */
  String rounded(String expression) {
    return active ? "torch.to(" + expression + ", " + BFLOAT16 + ")" : expression;
  }

  /** The result of a product. */
  String widened(String product) {
    return active ? "torch.to(" + product + ", " + Target.FLOAT32 + ")" : product;
  }
}
