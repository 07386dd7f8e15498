package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.Attention;
import io.mae4j.api.graph.op.AttentionGrad;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention, as the flash kernel of libtorch's CPU side where there is one (Dao et al. 2022; it
 * never holds the [B, heads, Tq, Tk] scores) or composed of matrix products. Heads are views: [B,
 * T, D] is seen as [B, heads, T, D/heads] without a copy.
 *
 * <p>The flash kernel always computes in single precision, from rounded operands where products are
 * rounded: its form for bfloat16 is slower even on processors that multiply such numbers fast.
 */
final class AttentionCode {
  private final Body body;
  private final Rounding rounding;
  private final boolean flash;

  AttentionCode(Body body, Rounding rounding, boolean flash) {
    this.body = body;
    this.rounding = rounding;
    this.flash = flash;
  }

  void forward(Attention op, Node node) {
    Tensor out = node.outputs().get(0);
    String q = operand(node.input(0), op.heads());
    String k = operand(node.input(1), op.heads());
    String v = operand(node.input(2), op.heads());
    String value;
    String logSumExp;
    if (flash) {
      String[] results =
          body.unpack(
              2,
              "torch._scaled_dot_product_flash_attention_for_cpu("
                  + String.join(", ", q, k, v)
                  + ", 0., False, attn_mask=None, scale="
                  + Text.number(op.scale())
                  + ")");
      value = rounding.single(results[0], out);
      logSumExp = results[1];
    } else {
      String scores = body.temporary(scores(q, k, op.scale()));
      logSumExp = body.temporary("torch.logsumexp(" + scores + ", [-1])");
      value = product(rounded("torch.softmax(" + scores + ", -1)"), v, out);
    }
    body.define(out, merge(value, node.input(0).shape()), Layout.ROWS);
    body.bind(node.outputs().get(1), logSumExp, Layout.ANY);
  }

  void backward(AttentionGrad op, Node node) {
    String[] gradients = flash ? flashGradients(op, node) : composedGradients(op, node);
    for (int i = 0; i < gradients.length; i++) {
      body.define(
          node.outputs().get(i), merge(gradients[i], node.input(i + 1).shape()), Layout.ROWS);
    }
  }

  private String[] flashGradients(AttentionGrad op, Node node) {
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      operands.add(operand(node.input(i), op.heads()));
    }
    operands.add(body.use(node.input(5)));
    String[] gradients =
        body.unpack(
            3,
            "torch._scaled_dot_product_flash_attention_for_cpu_backward("
                + String.join(", ", operands)
                + ", 0., False, attn_mask=None, scale="
                + Text.number(op.scale())
                + ")");
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = rounding.single(gradients[i], node.outputs().get(i));
    }
    return gradients;
  }

  private String[] composedGradients(AttentionGrad op, Node node) {
    String dout = heads(node.input(0), op.heads());
    String roundedDout = rounded(dout);
    String q = operand(node.input(1), op.heads());
    String k = operand(node.input(2), op.heads());
    String v = operand(node.input(3), op.heads());
    String out = heads(node.input(4), op.heads());
    String p =
        body.temporary(
            "torch.exp(torch.sub("
                + scores(q, k, op.scale())
                + ", torch.unsqueeze("
                + body.use(node.input(5))
                + ", -1)))");
    String inner =
        "torch.sum(torch.mul(" + rounding.wide(dout) + ", " + rounding.wide(out) + "), [-1], True)";
    String ds =
        rounded(
            "torch.mul(torch.mul("
                + p
                + ", torch.sub("
                + product(roundedDout, transposed(v))
                + ", "
                + inner
                + ")), "
                + Text.number(op.scale())
                + ")");
    return new String[] {
      product(ds, k, node.outputs().get(0)),
      product(transposed(ds), q, node.outputs().get(1)),
      product(transposed(rounded(p)), roundedDout, node.outputs().get(2))
    };
  }

  /** The heads of a tensor as the kernel or the products read them. */
  private String operand(Tensor tensor, int heads) {
    String view = heads(tensor, heads);
    if (!rounding.active()) {
      return view;
    }
    String rounded = rounding.rounded(view);
    return body.temporary(flash ? rounding.wide(rounded) : rounded);
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

  private String product(String a, String b, Tensor tensor) {
    return body.temporary(rounding.result("torch.matmul(" + a + ", " + b + ")", tensor));
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
