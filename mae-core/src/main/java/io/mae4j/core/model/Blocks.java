package io.mae4j.core.model;

import io.mae4j.api.graph.GraphBuilder;
import io.mae4j.api.graph.Shape;
import io.mae4j.api.graph.Tensor;
import io.mae4j.api.model.Initializer;
import io.mae4j.api.model.ParameterSpec;
import io.mae4j.api.model.VitConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of pre-norm transformer blocks (Dosovitskiy et al. 2021) under the official parameter
 * names, for example {@code blocks.0.attn.qkv.weight}, and the layers that encoder and decoder
 * share.
 *
 * @param prefix what the names of the stack start with: {@code blocks} or {@code decoder_blocks}
 * @param config its numbers
 */
record Blocks(String prefix, VitConfig config) {
  /** The parameters in checkpoint order. */
  List<ParameterSpec> parameters() {
    int width = config.width();
    List<ParameterSpec> specs = new ArrayList<>();
    for (int i = 0; i < config.depth(); i++) {
      String block = prefix + "." + i;
      specs.addAll(norm(block + ".norm1", width));
      specs.addAll(linear(block + ".attn.qkv", width, 3 * width));
      specs.addAll(linear(block + ".attn.proj", width, width));
      specs.addAll(norm(block + ".norm2", width));
      specs.addAll(linear(block + ".mlp.fc1", width, config.hidden()));
      specs.addAll(linear(block + ".mlp.fc2", config.hidden(), width));
    }
    return specs;
  }

  /** What becomes of the output of a residual branch before it is added. */
  @FunctionalInterface
  interface Branch {
    /** Every branch is taken as it is. */
    Branch KEPT = (index, output) -> output;

    /**
     * Traces it.
     *
     * @param index the branch from 0: attention and MLP of the first block, of the second, …
     * @param output [B, T, D]
     */
    Tensor of(int index, Tensor output);
  }

  /** Traces the stack: tokens [B, T, D] to tokens [B, T, D]. */
  Tensor trace(GraphBuilder graph, Tensor tokens, Branch branch) {
    return traceTail(graph, tokens, tokens.dim(1), branch);
  }

  /**
   * Traces the stack where only the last tokens are wanted: the last block lets all tokens be
   * attended to, but computes the wanted ones alone.
   *
   * @param tokens [B, T, D]
   * @param tail how many of the last tokens are wanted, 1..T
   * @return [B, tail, D]
   */
  Tensor traceTail(GraphBuilder graph, Tensor tokens, int tail) {
    return traceTail(graph, tokens, tail, Branch.KEPT);
  }

  private Tensor traceTail(GraphBuilder graph, Tensor tokens, int tail, Branch branch) {
    Tensor x = tokens;
    for (int i = 0; i < config.depth(); i++) {
      int index = i;
      String block = prefix + "." + i;
      Tensor before = x;
      int wanted = i == config.depth() - 1 ? tail : tokens.dim(1);
      x = graph.scope(block, () -> block(graph, index, before, wanted, branch));
    }
    return x;
  }

  private Tensor block(GraphBuilder graph, int index, Tensor x, int tail, Branch branch) {
    String name = prefix + "." + index;
    int width = config.width();
    Tensor mixed =
        attention(
            graph, name + ".attn.qkv", norm(graph, name + ".norm1", x, config.normEps()), tail);
    Tensor projected = linear(graph, name + ".attn.proj", mixed, width);
    Tensor attended = graph.add(tail(graph, x, tail), branch.of(2 * index, projected));
    Tensor normed = norm(graph, name + ".norm2", attended, config.normEps());
    Tensor hidden = graph.gelu(linear(graph, name + ".mlp.fc1", normed, config.hidden()));
    Tensor output = linear(graph, name + ".mlp.fc2", hidden, width);
    return graph.add(attended, branch.of(2 * index + 1, output));
  }

  /** Self-attention of the last tokens to all: x [B, T, D] to [B, tail, D]. */
  private Tensor attention(GraphBuilder graph, String name, Tensor x, int tail) {
    int width = config.width();
    double scale = 1 / Math.sqrt((double) width / config.heads());
    if (tail == x.dim(1)) {
      List<Tensor> qkv = graph.split(linear(graph, name, x, 3 * width), -1, width, width, width);
      return graph.attention(qkv.get(0), qkv.get(1), qkv.get(2), config.heads(), scale);
    }
    List<Tensor> weights =
        graph.split(graph.state(name + ".weight", Shape.of(3 * width, width)), 0, width, 2 * width);
    List<Tensor> biases =
        graph.split(graph.state(name + ".bias", Shape.of(3 * width)), 0, width, 2 * width);
    Tensor q = graph.linear(tail(graph, x, tail), weights.get(0), biases.get(0));
    List<Tensor> kv = graph.split(graph.linear(x, weights.get(1), biases.get(1)), -1, width, width);
    return graph.attention(q, kv.get(0), kv.get(1), config.heads(), scale);
  }

  /** The last tokens: x [B, T, D] to [B, tail, D]. */
  private static Tensor tail(GraphBuilder graph, Tensor x, int tail) {
    int rest = x.dim(1) - tail;
    return rest == 0 ? x : graph.split(x, 1, rest, tail).get(1);
  }

  /** The parameters of a linear layer: Xavier-uniform weight [out, in], zero bias [out]. */
  static List<ParameterSpec> linear(String name, int in, int out) {
    return List.of(
        parameter(name + ".weight", Initializers.xavier(out, in), out, in),
        parameter(name + ".bias", Initializers.zeros(), out));
  }

  /** The parameters of a layer norm: weight [D] of ones, bias [D] of zeros. */
  static List<ParameterSpec> norm(String name, int width) {
    return List.of(
        parameter(name + ".weight", Initializers.ones(), width),
        parameter(name + ".bias", Initializers.zeros(), width));
  }

  /** A trainable parameter. */
  static ParameterSpec parameter(String name, Initializer initializer, int... dims) {
    return new ParameterSpec(name, Shape.of(dims), initializer, true);
  }

  /** A position embedding [1, 1 + N, D]: fixed sin-cos values, class row zero. */
  static ParameterSpec positions(String name, int rows, int columns, int width) {
    double[] table = SinCosPositions.table(rows, columns, width);
    return new ParameterSpec(
        name, Shape.of(1, 1 + rows * columns, width), Initializers.fixed(table), false);
  }

  /** Applies the linear layer of this name: x [..., I] to [..., out]. */
  static Tensor linear(GraphBuilder graph, String name, Tensor x, int out) {
    Tensor weight = graph.state(name + ".weight", Shape.of(out, x.dim(-1)));
    return graph.linear(x, weight, graph.state(name + ".bias", Shape.of(out)));
  }

  /** Applies the layer norm of this name over the last axis. */
  static Tensor norm(GraphBuilder graph, String name, Tensor x, double eps) {
    Shape affine = Shape.of(x.dim(-1));
    return graph.layerNorm(
        x, graph.state(name + ".weight", affine), graph.state(name + ".bias", affine), eps);
  }
}
