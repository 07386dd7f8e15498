package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.op.AdamW;

/**
 * An AdamW step as a pure function, for the graphs whose new values go elsewhere than into the
 * states they came from.
 */
final class AdamWCode {
  private static final int FLOAT64 = 7;

  private final Body body;

  AdamWCode(Body body) {
    this.body = body;
  }

  void write(AdamW op, Node node) {
    String p = body.use(node.input(0));
    String g = body.use(node.input(1));
    String m = blend(op.beta1(), body.use(node.input(2)), g);
    String v = blend(op.beta2(), body.use(node.input(3)), "torch.mul(" + g + ", " + g + ")");
    // Scalars in double precision: 1 − β^t would lose digits. They do not widen the tensors they
    // meet.
    String rate = body.temporary("torch.to(" + body.use(node.input(4)) + ", " + FLOAT64 + ")");
    String step = body.temporary("torch.to(" + body.use(node.input(5)) + ", " + FLOAT64 + ")");
    String size = "torch.div(" + rate + ", " + oneMinusPower(op.beta1(), step) + ")";
    String root =
        "torch.div(torch.sqrt(" + v + "), torch.sqrt(" + oneMinusPower(op.beta2(), step) + "))";
    String decayed =
        "torch.mul("
            + p
            + ", torch.rsub(torch.mul("
            + rate
            + ", "
            + Text.number(op.weightDecay())
            + "), 1.0))";
    String change =
        "torch.mul(torch.div("
            + m
            + ", torch.add("
            + root
            + ", "
            + Text.number(op.eps())
            + ")), "
            + size
            + ")";
    body.define(node.outputs().get(0), "torch.sub(" + decayed + ", " + change + ")", Layout.ANY);
    body.bind(node.outputs().get(1), m, Layout.ANY);
    body.bind(node.outputs().get(2), v, Layout.ANY);
  }

  private String blend(double keep, String old, String value) {
    return body.temporary(
        "torch.add(torch.mul("
            + old
            + ", "
            + Text.number(keep)
            + "), torch.mul("
            + value
            + ", "
            + Text.number(1 - keep)
            + "))");
  }

  private static String oneMinusPower(double base, String exponent) {
    return "torch.rsub(torch.pow(" + Text.number(base) + ", " + exponent + "), 1.0)";
  }
}
