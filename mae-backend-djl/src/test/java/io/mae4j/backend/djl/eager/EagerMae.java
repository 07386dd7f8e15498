package io.mae4j.backend.djl.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The masked autoencoder of the size {@code tiny} on DJL's arrays, written as the paper's official
 * code computes it: all patches are embedded, three quarters are dropped, the decoder sees and
 * predicts all of them, and the loss counts the removed ones.
 */
final class EagerMae {
  static final int IMAGE = 32;
  static final int PATCH = 4;
  static final int CHANNELS = 3;
  static final int PATCHES = (IMAGE / PATCH) * (IMAGE / PATCH);
  static final int VISIBLE = PATCHES / 4;
  static final int VALUES = PATCH * PATCH * CHANNELS;

  private static final int WIDTH = 192;
  private static final int DEPTH = 12;
  private static final int DECODER_WIDTH = 96;
  private static final int DECODER_DEPTH = 4;
  private static final int HEADS = 3;
  private static final float EPS = 1e-6f;

  private final NDManager manager;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final NDArray position;
  private final NDArray decoderPosition;

  EagerMae(NDManager manager) {
    this.manager = manager;
    position = manager.randomNormal(0f, .02f, new Shape(1, PATCHES, WIDTH), DataType.FLOAT32);
    decoderPosition =
        manager.randomNormal(0f, .02f, new Shape(1, PATCHES + 1, DECODER_WIDTH), DataType.FLOAT32);
    linear("embed", WIDTH, VALUES);
    weight("cls", new Shape(1, 1, WIDTH));
    for (int i = 0; i < DEPTH; i++) {
      block("encoder." + i, WIDTH);
    }
    norm("norm", WIDTH);
    linear("decoder.embed", DECODER_WIDTH, WIDTH);
    weight("mask", new Shape(1, 1, DECODER_WIDTH));
    for (int i = 0; i < DECODER_DEPTH; i++) {
      block("decoder." + i, DECODER_WIDTH);
    }
    norm("decoder.norm", DECODER_WIDTH);
    linear("predict", VALUES, DECODER_WIDTH);
    parameters.values().forEach(parameter -> parameter.setRequiresGradient(true));
  }

  private void weight(String name, Shape shape) {
    parameters.put(name, manager.randomNormal(0f, .02f, shape, DataType.FLOAT32));
  }

  private void linear(String name, int out, int in) {
    weight(name + ".weight", new Shape(out, in));
    parameters.put(name + ".bias", manager.zeros(new Shape(out)));
  }

  private void norm(String name, int width) {
    parameters.put(name + ".weight", manager.ones(new Shape(width)));
    parameters.put(name + ".bias", manager.zeros(new Shape(width)));
  }

  private void block(String name, int width) {
    norm(name + ".norm1", width);
    linear(name + ".qkv", 3 * width, width);
    linear(name + ".proj", width, width);
    norm(name + ".norm2", width);
    linear(name + ".fc1", 4 * width, width);
    linear(name + ".fc2", width, 4 * width);
  }

  Map<String, NDArray> parameters() {
    return parameters;
  }

  /**
   * The loss of a batch.
   *
   * @param patches [B, N, P²C]
   * @param keep which patches stay, [B, Nv]
   * @param restore where each patch stands in the shuffled order, [B, N]
   * @param removed 1 for a removed patch, [B, N]
   */
  NDArray loss(NDArray patches, NDArray keep, NDArray restore, NDArray removed) {
    NDArray x = apply("embed", patches).add(position);
    x = gather(x, keep);
    long batch = x.getShape().get(0);
    x = get("cls").broadcast(new Shape(batch, 1, WIDTH)).concat(x, 1);
    for (int i = 0; i < DEPTH; i++) {
      x = block("encoder." + i, x);
    }
    x = apply("decoder.embed", normed("norm", x));
    NDArray masks = get("mask").broadcast(new Shape(batch, PATCHES - VISIBLE, DECODER_WIDTH));
    NDArray tokens = gather(x.get(":, 1:").concat(masks, 1), restore);
    x = x.get(":, :1").concat(tokens, 1).add(decoderPosition);
    for (int i = 0; i < DECODER_DEPTH; i++) {
      x = block("decoder." + i, x);
    }
    NDArray predicted = apply("predict", normed("decoder.norm", x)).get(":, 1:");
    return predicted
        .sub(patches)
        .square()
        .mean(new int[] {2})
        .mul(removed)
        .sum()
        .div(removed.sum());
  }

  private NDArray block(String name, NDArray x) {
    NDArray attended =
        x.add(apply(name + ".proj", attention(apply(name + ".qkv", normed(name + ".norm1", x)))));
    NDArray hidden = Activation.gelu(apply(name + ".fc1", normed(name + ".norm2", attended)));
    return attended.add(apply(name + ".fc2", hidden));
  }

  private static NDArray attention(NDArray qkv) {
    Shape shape = qkv.getShape();
    long width = shape.get(2) / 3;
    NDArray heads =
        qkv.reshape(shape.get(0), shape.get(1), 3, HEADS, width / HEADS).transpose(2, 0, 3, 1, 4);
    NDArray q = heads.get(0).mul(1 / Math.sqrt((double) width / HEADS));
    NDArray weights = q.matMul(heads.get(1).transpose(0, 1, 3, 2)).softmax(-1);
    return weights
        .matMul(heads.get(2))
        .transpose(0, 2, 1, 3)
        .reshape(shape.get(0), shape.get(1), width);
  }

  private NDArray apply(String name, NDArray x) {
    return Linear.linear(x, get(name + ".weight"), get(name + ".bias")).singletonOrThrow();
  }

  private NDArray normed(String name, NDArray x) {
    NDList result =
        LayerNorm.layerNorm(
            x, new Shape(x.getShape().get(2)), get(name + ".weight"), get(name + ".bias"), EPS);
    return result.singletonOrThrow();
  }

  private static NDArray gather(NDArray x, NDArray index) {
    Shape shape = new Shape(index.getShape().get(0), index.getShape().get(1), x.getShape().get(2));
    return x.gather(index.expandDims(2).broadcast(shape), 1);
  }

  private NDArray get(String name) {
    NDArray parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException(name);
    }
    return parameter;
  }
}
