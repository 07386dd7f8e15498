package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.graph.op.AttentionGrad;

/**
 * Attention, as the flash kernel of libtorch's CPU side where there is one (Dao et al. 2022; it
 * never holds the [B, heads, Tq, Tk] scores) or composed of matrix products. Heads are views: [B,
 * T, D] is seen as [B, heads, T, D/heads] without a copy.
 */
final class AttentionCode {
  private final Body body;
  private final Rounding rounding;
  private final boolean flash;

  /** Where products are rounded, the flash kernel is not taken: its gradient is slow there. */
  AttentionCode(Body body, Rounding rounding, boolean flash) {
    this.body = body;
    this.rounding = rounding;
    this.flash = flash && !rounding.active();
  }

  void forward(Attention op, Node node) {
    String q = heads(node.input(0), op.heads());
    String k = heads(node.input(1), op.heads());
    String v = heads(node.input(2), op.heads());
    String out;
    String logSumExp;
    if (flash) {
      String[] results =
          body.unpack(
              2,
              "torch._scaled_dot_product_flash_attention_for_cpu("
                  + q
                  + ", "
                  + k
                  + ", "
                  + v
                  + ", 0., False, attn_mask=None, scale="
                  + Text.number(op.scale())
                  + ")");
      out = results[0];
      logSumExp = results[1];
    } else {
      String scores = body.temporary(scores(rounded(q), rounded(k), op.scale()));
      logSumExp = body.temporary("torch.logsumexp(" + scores + ", [-1])");
      out = product(rounded("torch.softmax(" + scores + ", -1)"), rounded(v));
    }
    body.define(node.outputs().get(0), merge(out, node.input(0).shape()), Layout.ROWS);
    body.bind(node.outputs().get(1), logSumExp, Layout.ANY);
  }

  void backward(AttentionGrad op, Node node) {
    String dout = heads(node.input(0), op.heads());
    String q = heads(node.input(1), op.heads());
    String k = heads(node.input(2), op.heads());
    String v = heads(node.input(3), op.heads());
    String out = heads(node.input(4), op.heads());
    String logSumExp = body.use(node.input(5));
    String[] gradients =
        flash
            ? body.unpack(
                3,
                "torch._scaled_dot_product_flash_attention_for_cpu_backward("
                    + String.join(", ", dout, q, k, v, out, logSumExp)
                    + ", 0., False, attn_mask=None, scale="
                    + Text.number(op.scale())
                    + ")")
            : composed(op, dout, q, k, v, out, logSumExp);
    for (int i = 0; i < gradients.length; i++) {
      body.define(
          node.outputs().get(i), merge(gradients[i], node.input(i + 1).shape()), Layout.ROWS);
    }
  }

  private String[] composed(
      AttentionGrad op, String dout, String q, String k, String v, String out, String logSumExp) {
    String roundedQ = rounded(q);
    String roundedK = rounded(k);
    String roundedDout = rounded(dout);
    String p =
        body.temporary(
            "torch.exp(torch.sub("
                + scores(roundedQ, roundedK, op.scale())
                + ", torch.unsqueeze("
                + logSumExp
                + ", -1)))");
    String inner = "torch.sum(torch.mul(" + dout + ", " + out + "), [-1], True)";
    String ds =
        rounded(
            "torch.mul(torch.mul("
                + p
                + ", torch.sub("
                + product(roundedDout, transposed(rounded(v)))
                + ", "
                + inner
                + ")), "
                + Text.number(op.scale())
                + ")");
    return new String[] {
      product(ds, roundedK),
      product(transposed(ds), roundedQ),
      product(transposed(rounded(p)), roundedDout)
    };
  }

  private String rounded(String expression) {
    return body.temporary(rounding.rounded(expression));
  }

  private String scores(String q, String k, double scale) {
    return "torch.mul(" + product(q, transposed(k)) + ", " + Text.number(scale) + ")";
  }

  private String product(String a, String b) {
    return body.temporary(rounding.result("torch.matmul(" + a + ", " + b + ")"));
  }

  private static String transposed(String expression) {
    return "torch.transpose(" + expression + ", -2, -1)";
  }

  /** [B, T, D] as [B, heads, T, D/heads]. */
  private String heads(Tensor tensor, int heads) {
    Shape shape = tensor.shape();
    String split = Text.list(shape.dim(0), shape.dim(1), heads, shape.dim(2) / heads);
    return body.temporary(
        "torch.transpose(torch.reshape(" + body.rows(tensor) + ", " + split + "), 1, 2)");
  }

  /** [B, heads, T, D/heads] as [B, T, D]. */
  private static String merge(String expression, Shape shape) {
    return "torch.reshape(torch.transpose(" + expression + ", 1, 2), " + Text.list(shape) + ")";
  }
}
