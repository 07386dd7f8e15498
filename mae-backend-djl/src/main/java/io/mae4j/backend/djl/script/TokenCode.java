package io.mae4j.backend.djl.script;

import io.mae4j.api.graph.Node;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.graph.op.ScatterTokens;
import java.util.HashMap;
import java.util.Map;

/**
 * Gathering and scattering of whole tokens: rows of a [B·N, D] matrix, found by the row numbers
 * {@code b·N + index[b, m]}.
 */
final class TokenCode {
  private final Body body;
  private final Target target;
  private final Map<RowsKey, String> rows = new HashMap<>();

  /** What row numbers depend on; a stride of zero means that all images share one set of tokens. */
  private record RowsKey(Tensor index, int stride) {}

  TokenCode(Body body, Target target) {
    this.body = body;
    this.target = target;
  }

  String gather(Node node) {
    Tensor x = node.input(0);
    int tokens = x.dim(1);
    String rowsOfX = rowNumbers(node.input(1), x.dim(0) == 1 ? 0 : tokens);
    String matrix = matrix(x);
    return "torch.reshape(torch.index_select("
        + matrix
        + ", 0, "
        + rowsOfX
        + "), "
        + Text.list(node.output().shape())
        + ")";
  }

  String scatter(ScatterTokens op, Node node) {
    Tensor x = node.input(0);
    String zeros =
        "torch.zeros(" + Text.list(x.dim(0) * op.tokens(), x.dim(2)) + target.newReals() + ")";
    String filled =
        "torch.index_copy_("
            + zeros
            + ", 0, "
            + rowNumbers(node.input(1), op.tokens())
            + ", "
            + matrix(x)
            + ")";
    return "torch.reshape(" + filled + ", " + Text.list(node.output().shape()) + ")";
  }

  private String matrix(Tensor x) {
    return "torch.reshape(" + body.use(x) + ", " + Text.list(x.dim(0) * x.dim(1), x.dim(2)) + ")";
  }

  private String rowNumbers(Tensor index, int stride) {
    return rows.computeIfAbsent(
        new RowsKey(index, stride),
        key -> body.temporary("torch.reshape(" + offset(index, stride) + ", [-1])"));
  }

  private String offset(Tensor index, int stride) {
    String wide = "torch.to(" + body.use(index) + ", " + Target.INT64 + ")";
    int batch = index.dim(0);
    if (stride == 0 || batch == 1) {
      return wide;
    }
    String starts =
        "torch.arange(0, " + (long) batch * stride + ", " + stride + target.newIntegers() + ")";
    return "torch.add(" + wide + ", torch.unsqueeze(" + starts + ", 1))";
  }
}
