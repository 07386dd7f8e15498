package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rounds the operands and results of matrix products to bfloat16; in single precision it leaves
 * both as they are. Products read tensors of that type where the processor multiplies them fast,
 * and single-precision tensors of rounded numbers elsewhere; results are single-precision tensors,
 * but for those that stay bfloat16 on their way to the next product. A tensor that several products
 * of a function read is rounded once.
 */
final class Rounding {
  private final Body body;
  private final boolean active;
  private final boolean narrow;
  private final Set<Tensor> kept;
  private final Map<Tensor, String> everywhere = new HashMap<>();
  private final Map<Tensor, String> here = new HashMap<>();
  private boolean shared = true;

  /**
   * Prepares to round.
   *
   * @param active whether anything is rounded
   * @param narrow whether it leaves tensors of bfloat16, which products read
   * @param kept tensors that stay bfloat16 then
   */
  Rounding(Body body, boolean active, boolean narrow, Set<Tensor> kept) {
    this.body = body;
    this.active = active;
    this.narrow = narrow;
    this.kept = kept;
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

  /** Whether products read and write tensors of single precision, rounded or not. */
  boolean singlePrecisionTensors() {
    return !narrow;
  }

  /** Whether a tensor stays bfloat16 on its way from the product that computes it. */
  boolean isKept(Tensor tensor) {
    return kept.contains(tensor);
  }

  /** The expression for a tensor that a product reads. */
  String operand(Tensor tensor) {
    return active && !isKept(tensor) ? roundedOnce(tensor) : body.use(tensor);
  }

  /** The expression for a tensor that a product reads in row-major order without gaps. */
  String denseOperand(Tensor tensor) {
    return active && !isKept(tensor) ? roundedOnce(tensor) : body.dense(tensor);
  }

  private String roundedOnce(Tensor tensor) {
    String known = everywhere.getOrDefault(tensor, here.get(tensor));
    if (known != null) {
      return known;
    }
    String rounded = body.temporary(rounded(body.dense(tensor)));
    (shared ? everywhere : here).put(tensor, rounded);
    return rounded;
  }

  /** A value that no tensor of the graph stands for, as a product reads it. */
  String rounded(String expression) {
    if (!active) {
      return expression;
    }
    String rounded = to(expression, Target.BFLOAT16);
    return narrow ? rounded : to(rounded, Target.FLOAT32);
  }

  /** The result of a product, as those read it who read the tensor that it becomes. */
  String result(String product, Tensor tensor) {
    return isKept(tensor) ? product : result(product);
  }

  /** The result of a product in single precision. */
  String result(String product) {
    if (!active) {
      return product;
    }
    return to(narrow ? product : to(product, Target.BFLOAT16), Target.FLOAT32);
  }

  /** A product's operand in single precision. */
  String wide(String expression) {
    return narrow ? to(expression, Target.FLOAT32) : expression;
  }

  /** A value in single precision, as those read it who read the tensor that it becomes. */
  String single(String expression, Tensor tensor) {
    return isKept(tensor) ? to(expression, Target.BFLOAT16) : expression;
  }

  private static String to(String expression, int type) {
    return "torch.to(" + expression + ", " + type + ")";
  }
}
